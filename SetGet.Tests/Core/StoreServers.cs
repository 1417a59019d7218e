using System.Reflection;
using StackExchange.Redis;
using Xunit.Sdk;
using Xunit.v3;

namespace SetGet.Tests.Core;

/// <summary>The servers that the whole test run shares: tests keep apart by using accounts of their own.</summary>
public static class StoreServers
{
    private static readonly Lazy<Task<StoreServer>> Redis = new(() => StoreServer.StartAsync(StoreServer.Redis));
    private static readonly Lazy<Task<StoreServer>> Garnet = new(() => StoreServer.StartAsync(StoreServer.Garnet));
    private static readonly Lazy<Task<ConnectionMultiplexer>> RedisConnection = new(async () => await (await Redis.Value).ConnectAsync());
    private static readonly Lazy<Task<ConnectionMultiplexer>> GarnetConnection = new(async () => await (await Garnet.Value).ConnectAsync());

    public static Task<ConnectionMultiplexer> ConnectAsync(string kind)
        => kind == StoreServer.Redis ? RedisConnection.Value : GarnetConnection.Value;

    /// <summary>The reason to skip a test on this server; null where it can be had, and always in CI.</summary>
    public static string? Missing(string kind) => Requirements.Missing(kind == StoreServer.Redis ? Needs.RedisServer | Needs.Linux : Needs.Linux);
}

/// <summary>Runs a theory once with <c>redis-server</c>.</summary>
public sealed class OnRedisAttribute() : OnServerAttribute(StoreServer.Redis);

/// <summary>Runs a theory once with Garnet.</summary>
public sealed class OnGarnetAttribute() : OnServerAttribute(StoreServer.Garnet);

/// <summary>A theory's row that is skipped, by name, where the server is missing.</summary>
public abstract class OnServerAttribute(string kind) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([new TheoryDataRow<string>(kind) { Skip = StoreServers.Missing(kind) }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
