using Microsoft.Extensions.Options;
using SetGet.Core;
using SetGet.Core.Queues;
using SetGet.Core.Senders;
using SetGet.Worker.Lambda;
using SetGet.Worker.Polling;
using SetGet.Worker.Processing;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker;

/// <summary>What the worker is made of.</summary>
internal static class WorkerServices
{
    public static WebApplicationBuilder AddSetGetWorker(this WebApplicationBuilder builder)
    {
        builder.AddSetGetCore();
        var services = builder.Services;
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>();
        // A receive waits on purpose; what is beyond that is a fault.
        services.AddQueues(provider => TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<WorkerOptions>>().Value.WaitSeconds + 5));
        services.AddEventWriting();

        services.AddSingleton<WorkerMetrics>();
        services.AddSingleton<WorkerSpans>();
        services.AddSingleton<EnvelopeCheck>();
        services.AddSingleton<StrangerBudget>();
        services.AddSingleton<Strangers>();
        services.AddSingleton<DeliveryNotes>();
        services.AddSingleton<ItemCheck>();
        services.AddSingleton<Outcomes>();
        services.AddSingleton<BatchProcessor>();
        services.AddSingleton<DeadLetterSender>();
        services.AddSingleton<Settlement>();
        services.AddSingleton<RedisCircuit>();
        services.AddSingleton<OldestMessage>();
        AddSource(services, builder.Configuration[RuntimeApi.Variable]);
        services.AddOptions<HostOptions>().Configure<IOptions<WorkerOptions>>(
            (host, worker) => host.ShutdownTimeout = TimeSpan.FromSeconds(worker.Value.DrainSeconds + 5));
        return builder;
    }

    // The messages are polled; or pushed, where this is a Lambda function.
    private static void AddSource(IServiceCollection services, string? runtimeApi)
    {
        if (!string.IsNullOrEmpty(runtimeApi))
        {
            services.AddSingleton(_ => new RuntimeApi(runtimeApi));
            services.AddSingleton<PushedBatch>();
            services.AddHostedService<LambdaRuntime>();
            return;
        }

        services.AddSingleton<MessageSource>();
        services.AddSingleton<VisibilityKeeper>();
        services.AddSingleton<PolledBatch>();
        services.AddHostedService<QueueGauges>();
        services.AddHostedService<QueuePollers>();
    }
}
