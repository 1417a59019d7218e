using System.CommandLine;

namespace Redis;

/// <summary>Parses the command line and runs the server.</summary>
internal static class ServerCommand
{
    private const int DefaultPort = 6379;

    private static readonly Option<int> Port = Of("--port", "Loopback port; 0 for any free one, which is told.", DefaultPort);
    private static readonly Option<string?> Data = Of<string?>("--data", "Folder that keeps the data. Without it the data is in memory only.", null);
    private static readonly Option<string> CompactAt = Of(
        "--compact-at", "Size of the log in the data folder from which on a checkpoint replaces it: a number and k, m or g.", ServerOptions.DefaultCompactAt);
    private static readonly Option<string> Memory = Of(
        "--memory", "Memory for the data: a number and m or g, 64m at least. What it does not hold goes to the data folder; without one the oldest is dropped.",
        ServerOptions.DefaultMemory);

    public static RootCommand Create()
    {
        var command = new RootCommand(
            "Redis on this machine, played by Garnet. The environment variable REDIS_PASSWORD holds its password.") { Port, Data, CompactAt, Memory };
        command.SetAction((result, cancellationToken) => ServerHost.RunAsync(
            new ServerOptions(
                result.GetValue(Port), result.GetValue(Data), result.GetValue(CompactAt)!, result.GetValue(Memory)!,
                    Environment.GetEnvironmentVariable("REDIS_PASSWORD")),
            Console.Out,
            cancellationToken));
        return command;
    }

    private static Option<T> Of<T>(string name, string description, T otherwise)
        => new(name) { Description = description, DefaultValueFactory = _ => otherwise };
}
