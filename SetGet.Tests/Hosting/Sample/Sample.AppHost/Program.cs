// A composition that has nothing of SetGet's: a job that runs to its end, two replicas of a service, and its caller.
var builder = DistributedApplication.CreateBuilder(args);

var greeting = builder.AddParameter("greeting", "hello", publishValueAsDefault: true);
var token = builder.AddParameter("token", secret: true);
var processes = builder.Configuration["processes"] ?? "";

var job = builder.AddProject<Projects.Sample_Job>("job")
    .WithEnvironment("GREETING", greeting);

var web = builder.AddProject<Projects.Sample_Web>("web")
    .WithReplicas(2)
    .WithEnvironment("TOKEN", token)
    .WithEnvironment("PROCESSES", processes)
    .WithHttpHealthCheck("/health")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Web")
    .WaitForCompletion(job)
    .WithCommand("greet", "Greet", _ => Task.FromResult(CommandResults.Failure("nobody is here")), new CommandOptions { ConfirmationMessage = "Really?" });

builder.AddProject<Projects.Sample_Web>("front", launchProfileName: null)
    .WithHttpEndpoint()
    .WithReference(web)
    .WithEnvironment("PROCESSES", processes)
    .WithEnvironment("WEB_ADDRESS", $"<{web.GetEndpoint("http")}>")
    .WithArgs("--target", web.GetEndpoint("http").Property(EndpointProperty.Port))
    .WithHttpHealthCheck("/health")
    .WaitFor(web);

builder.AddExecutable("idle", "sleep", ".", "1000").WithExplicitStart();

builder.Build().Run();
