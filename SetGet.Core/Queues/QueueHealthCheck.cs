using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SetGet.Core.Queues;

/// <summary>Ready only while the events queue answers.</summary>
internal sealed class QueueHealthCheck(EventQueues queues) : IHealthCheck
{
    private readonly EventQueues _queues = queues;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await _queues.Events.ArnAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (QueueUnavailableException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The events queue does not answer.", exception);
        }
    }
}
