Console.WriteLine($"{Environment.GetEnvironmentVariable("GREETING")}, job done");
