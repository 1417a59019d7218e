using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Healthy when every server of the client answers a PING.</summary>
internal sealed class RedisHealthCheck(Func<IConnectionMultiplexer> resolve) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // The first resolution connects, which blocks; and the client itself sets no limit to an answer.
            await Task.Run(PingAsync, cancellationToken).WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Redis did not answer in time.", error);
        }
        catch (Exception error) when (error is RedisException or TimeoutException or InvalidOperationException or ObjectDisposedException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Redis does not answer.", error);
        }
    }

    private async Task PingAsync()
    {
        var multiplexer = resolve();
        await Task.WhenAll(multiplexer.GetEndPoints().Select(endPoint => multiplexer.GetServer(endPoint).PingAsync()));
    }
}
