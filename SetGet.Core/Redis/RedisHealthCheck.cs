using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SetGet.Core.Redis;

/// <summary>
/// Ready only while Redis answers. The check that comes with the client asks a cluster for <c>CLUSTER INFO</c>, which the client refuses to a connection
/// that may not administer: behind a load balancer no process of a cluster was ever ready.
/// </summary>
internal sealed class RedisHealthCheck(RedisCalls redis) : IHealthCheck
{
    private readonly RedisCalls _redis = redis;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await _redis.RunAsync(db => db.PingAsync(), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RedisUnavailableException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Redis does not answer.", exception);
        }
    }
}
