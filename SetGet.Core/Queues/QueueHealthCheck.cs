using Amazon.SQS;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace SetGet.Core;

/// <summary>Ready only while the events queue answers.</summary>
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
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The events queue does not answer.", exception);
        }
    }
}
