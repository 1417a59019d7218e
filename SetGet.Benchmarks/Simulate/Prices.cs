using System.Text.Json;

namespace SetGet.Benchmarks.Simulate;

/// <summary>What AWS asks, in dollars, as far as a simulation needs it: <c>prices.json</c>, the one place for it, which a test compares docs/deploy.md with.</summary>
/// <param name="SqsFairMillionRequests">What a request that carries a message group costs on top.</param>
/// <param name="BalancerGb">An LCU is a gigabyte an hour.</param>
/// <param name="CacheNodeGb">Memory of a node, of which a quarter is left free for snapshots and failovers.</param>
internal sealed record Prices(
    DateOnly On, string Region, double FargateCpuHour, double FargateGbHour, double LambdaMillionRequests, double LambdaGbSecond, double SqsMillionRequests,
    double SqsFairMillionRequests, double GatewayMillionRequests, double BalancerHour, double BalancerGb, string CacheNode, double CacheNodeGb, double CacheNodeHour)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>A million requests to a queue whose messages carry their account.</summary>
    internal double QueueMillionRequests => SqsMillionRequests + SqsFairMillionRequests;

    internal static Prices Read()
        => JsonSerializer.Deserialize<Prices>(File.ReadAllText(Path.Combine(Repository.Root, "SetGet.Benchmarks", "Simulate", "prices.json")), Format)!;
}
