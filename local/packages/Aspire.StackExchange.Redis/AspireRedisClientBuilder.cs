using Microsoft.Extensions.Hosting;

namespace Aspire.StackExchange.Redis;

/// <summary>Hangs further registrations on a Redis client that is registered already.</summary>
public class AspireRedisClientBuilder
{
    public AspireRedisClientBuilder(IHostApplicationBuilder hostBuilder, StackExchangeRedisSettings settings, string? serviceKey)
    {
        HostBuilder = hostBuilder;
        Settings = settings;
        ServiceKey = serviceKey;
    }

    public IHostApplicationBuilder HostBuilder { get; }

    public StackExchangeRedisSettings Settings { get; }

    /// <summary>Null for the client that is registered without a key.</summary>
    public string? ServiceKey { get; }
}
