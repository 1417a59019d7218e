using Amazon.SQS;
using Microsoft.Extensions.Options;
using SetGet.Core;
using SetGet.Worker.Lambda;
using SetGet.Worker.Processing;
using SetGet.Worker.Queue;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Composition;

/// <summary>What the worker is made of.</summary>
internal static class WorkerServices
{
    public static WebApplicationBuilder AddSetGetWorker(this WebApplicationBuilder builder)
    {
        builder.AddSetGetCore();
        var services = builder.Services;
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>();

        services.AddSingleton<WorkerMetrics>();
        services.AddSingleton<SenderCheck>();
        services.AddSingleton<BatchProcessor>();
        services.AddQueues(provider => Client(provider.GetRequiredService<IOptions<WorkerOptions>>().Value));
        services.AddSingleton<EventQueue>();
        services.AddSingleton<DeadLetterSender>();
        services.AddSingleton<RedisCircuit>();
        services.AddSingleton(provider => new OldestMessage(
            () => provider.GetRequiredService<RedisCircuit>().IsOpen, provider.GetRequiredService<WorkerMetrics>(), provider.GetRequiredService<TimeProvider>()));
        AddSource(services, builder.Configuration[RuntimeApi.Variable]);
        services.AddOptions<HostOptions>().Configure<IOptions<WorkerOptions>>(
            (host, worker) => host.ShutdownTimeout = TimeSpan.FromSeconds(worker.Value.DrainSeconds + 5));
        return builder;
    }

    // The messages are polled; or pushed, where this is a Lambda function.
    private static void AddSource(IServiceCollection services, string? runtimeApi)
    {
        if (string.IsNullOrEmpty(runtimeApi))
        {
            services.AddHostedService<QueueGauges>();
            services.AddHostedService<QueuePollers>();
            return;
        }

        services.AddSingleton(_ => new RuntimeApi(runtimeApi));
        services.AddHostedService<LambdaRuntime>();
    }

    // A receive waits on purpose; what is beyond that is a fault.
    private static AmazonSQSConfig Client(WorkerOptions options)
        => new() { Timeout = TimeSpan.FromSeconds(options.WaitSeconds + 5), MaxErrorRetry = 1 };
}
