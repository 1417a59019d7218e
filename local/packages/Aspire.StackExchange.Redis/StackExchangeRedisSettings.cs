namespace Aspire.StackExchange.Redis;

/// <summary>Settings of one Redis client, read from <c>Aspire:StackExchange:Redis</c> and <c>Aspire:StackExchange:Redis:{name}</c>.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>In the client's own format, such as <c>localhost:6379,password=...</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>True to have no health check.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>True to have no spans for commands.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>False to connect when the host starts; true to connect when the client is first asked for.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
