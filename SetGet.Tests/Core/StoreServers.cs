using System.Collections.Concurrent;
using System.Reflection;
using StackExchange.Redis;
using Xunit.Sdk;
using Xunit.v3;

namespace SetGet.Tests.Core;

/// <summary>The servers that the whole test run shares: tests keep apart by using accounts of their own.</summary>
public static class StoreServers
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Running>>> All = new(StringComparer.Ordinal);

    public static async Task<ConnectionMultiplexer> ConnectAsync(string kind) => (await All.GetOrAdd(kind, static kind => new(() => StartAsync(kind))).Value).Connection;

    /// <summary>The reason to skip a test on this server; null where it can be had, and always in CI.</summary>
    public static string? Missing(string kind) => Requirements.Missing(kind == StoreServer.Garnet ? Needs.Linux : Needs.RedisServer | Needs.Linux);

    private static async Task<Running> StartAsync(string kind)
    {
        var server = await StoreServer.StartAsync(kind);
        return new Running(server, await server.ConnectAsync());
    }

    // A server that nobody holds is collected, and then its process ends.
    private sealed record Running(StoreServer Server, ConnectionMultiplexer Connection);
}

/// <summary>Runs a theory once with <c>redis-server</c>.</summary>
public sealed class OnRedisAttribute() : OnServerAttribute(StoreServer.Redis);

/// <summary>Runs a theory once with Garnet.</summary>
public sealed class OnGarnetAttribute() : OnServerAttribute(StoreServer.Garnet);

/// <summary>Runs a theory once with a <c>redis-server</c> that is a cluster.</summary>
public sealed class OnClusterAttribute() : OnServerAttribute(StoreServer.Cluster);

/// <summary>A theory's row that is skipped, by name, where the server is missing.</summary>
public abstract class OnServerAttribute(string kind) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([new TheoryDataRow<string>(kind) { Skip = StoreServers.Missing(kind) }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
