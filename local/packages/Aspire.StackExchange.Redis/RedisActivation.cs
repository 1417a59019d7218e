using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Connects when the host starts, so that the first request need not wait.</summary>
internal sealed class RedisActivation(Func<IConnectionMultiplexer> resolve) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(() => { resolve(); }, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
