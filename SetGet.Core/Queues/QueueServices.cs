using Amazon.SQS;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SetGet.Core.Queues;

/// <summary>How API and worker reach SQS.</summary>
public static class QueueServices
{
    /// <summary>
    /// Adds the queues, whose URLs are checked at start, and the health check <c>queue</c>. Region, credentials and endpoint come from where
    /// the SDK always looks.
    /// </summary>
    /// <param name="timeout">Of one call; one that failed is tried once more.</param>
    public static IServiceCollection AddQueues(this IServiceCollection services, Func<IServiceProvider, TimeSpan> timeout)
    {
        services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<QueueOptions>, QueueOptionsValidator>();
        services.AddSingleton<IAmazonSQS>(provider => new AmazonSQSClient(new AmazonSQSConfig { Timeout = timeout(provider), MaxErrorRetry = 1 }));
        services.AddSingleton<EventQueues>();
        services.AddHealthChecks().AddCheck<QueueHealthCheck>("queue");
        return services;
    }
}
