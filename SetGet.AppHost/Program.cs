using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SetGet.AppHost;

var options = CommandLine.Read(args);
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = options.Rest, TrustDeveloperCertificate = options.UseHttps });

// The app host has a server of its own, for the dashboard: the terminal needs no line for each tab that closes, nor for its keys.
builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));

// A root key that everybody knows on a laptop, a secret anywhere else.
var rootKey = builder.ExecutionContext.IsRunMode
    ? builder.AddParameter("root-key", builder.Configuration["Parameters:root-key"] ?? "dev-root-key", secret: true)
    : builder.AddParameter("root-key", secret: true);

var redis = options.UseContainers || builder.ExecutionContext.IsPublishMode ? builder.AddRedisContainer() : builder.AddLocalRedis();

var api = builder.AddProject<Projects.SetGet_Api>("api", launchProfileName: null)
    .WithHttpEndpoint(port: builder.Port("api", 5080))
    .WithExternalHttpEndpoints()
    .WithSetGetDefaults(redis)
    .WithEnvironment("SetGet__RootKey", rootKey)
    .WithOperatorTools(rootKey);
if (options.UseHttps) api.WithHttpsEndpoint(port: builder.Port(FixedPorts.ApiHttps, 5443), name: FixedPorts.ApiHttps);

var worker = AddWorker("worker");

// Aspire fixes the number of replicas when it is built: more of them are resources of their own, which the worker's command starts.
var spareWorkers = builder.ExecutionContext.IsRunMode ? worker.WithSpares(AddWorker) : [];

if (options.UseAwsAccount || builder.ExecutionContext.IsPublishMode)
    builder.AddIngestStack([api, worker, .. spareWorkers]);
else
    builder.AddLocalAws(options.WorkerAsLambda, api, [worker, .. spareWorkers]);

if (builder.ExecutionContext.IsPublishMode)
    builder.AddServiceStack();

try
{
    await builder.RequireFreePortsAsync(TimeProvider.System);
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception cannotRun) when (cannotRun is DistributedApplicationException or IOException && !builder.IsUnderTest())
{
    // What the developer has to do is all that there is to say; a test gets the exception itself.
    await Console.Error.WriteLineAsync(cannotRun is IOException ? $"{cannotRun.Message} Is SetGet running already?" : cannotRun.Message);
    return 1;
}

IResourceBuilder<ProjectResource> AddWorker(string name) => builder.AddProject<Projects.SetGet_Worker>(name, launchProfileName: null)
    .WithHttpEndpoint()
    .WithSetGetDefaults(redis);
