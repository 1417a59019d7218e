using Amazon.SQS;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace SetGet.Api.Set;

/// <summary>How this process talks to SQS. Region, credentials and endpoint come from where the SDK always looks.</summary>
internal static class QueueClient
{
    /// <summary>Fails soon rather than late: a sender waits, and is told to send again.</summary>
    public static AmazonSQSConfig Config() => new() { Timeout = TimeSpan.FromSeconds(3), MaxErrorRetry = 1 };
}

/// <summary>Ready only while the queue answers.</summary>
internal sealed class QueueHealthCheck : IHealthCheck
{
    private readonly IAmazonSQS _sqs;
    private readonly string _queueUrl;

    public QueueHealthCheck(IAmazonSQS sqs, IOptions<QueueOptions> queues)
    {
        _sqs = sqs;
        _queueUrl = queues.Value.EventsQueueUrl;
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await _sqs.GetQueueAttributesAsync(_queueUrl, ["QueueArn"], cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The events queue does not answer.", exception);
        }
    }
}
