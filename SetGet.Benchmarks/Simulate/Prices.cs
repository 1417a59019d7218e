using System.Text.Json;

namespace SetGet.Benchmarks.Simulate;

/// <summary>What AWS asks, in dollars: <c>prices.json</c>, the one place for it.</summary>
/// <param name="SqsMillionRequests">That of fair queues included.</param>
/// <param name="BalancerGb">An LCU is a gigabyte an hour.</param>
/// <param name="CacheNodeGb">Memory of a node, of which a quarter is left free for snapshots and failovers.</param>
internal sealed record Prices(
    DateOnly On, string Region, double FargateCpuHour, double FargateGbHour, double LambdaMillionRequests, double LambdaGbSecond, double SqsMillionRequests,
    double GatewayMillionRequests, double BalancerHour, double BalancerGb, string CacheNode, double CacheNodeGb, double CacheNodeHour)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    internal static Prices Read()
        => JsonSerializer.Deserialize<Prices>(File.ReadAllText(Path.Combine(Repository.Root, "SetGet.Benchmarks", "Simulate", "prices.json")), Format)!;
}
