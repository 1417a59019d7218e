using Amazon.SQS;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace SetGet.Core;

/// <summary>How API and worker reach SQS.</summary>
public static class QueueServices
{
    /// <summary>
    /// Adds a client of SQS, the queues' URLs, which are checked at start, and the health check <c>queue</c>. Region, credentials
    /// and endpoint come from where the SDK always looks.
    /// </summary>
    public static IServiceCollection AddQueues(this IServiceCollection services, Func<IServiceProvider, AmazonSQSConfig> configure)
    {
        services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<QueueOptions>, ValidateQueueOptions>();
        services.AddSingleton<IAmazonSQS>(provider => new AmazonSQSClient(configure(provider)));
        services.AddSingleton(provider => new QueueSpans(provider.GetRequiredService<IOptions<QueueOptions>>().Value.EventsQueueUrl));
        services.AddHealthChecks().AddCheck<QueueHealthCheck>("queue");
        return services;
    }
}
