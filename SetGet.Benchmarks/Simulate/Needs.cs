using SetGet.Benchmarks.Scale;

namespace SetGet.Benchmarks.Simulate;

/// <summary>What is asked of the whole.</summary>
/// <param name="EventsPerSecond">All the month.</param>
/// <param name="LiveKeys">Webhook keys that hold an event at once.</param>
/// <param name="Reads">Of each event.</param>
internal sealed record Demand(double EventsPerSecond, double LiveKeys, double Reads);

/// <summary>A row of the table: what it is, how it is reckoned, how much that is, and what it costs a month (null: nothing of its own).</summary>
internal sealed record Need(string What, string Formula, string Amount, double? Dollars = null);

/// <summary>Reckons from what an event was measured to cost what many need.</summary>
internal sealed class Needs(Demand demand, Measured cost, ScalingRules rules, Prices prices)
{
    /// <summary>Processors, and the cache's memory, are used so far: the rest is for bursts, for a zone that is lost, and for snapshots.</summary>
    private const double Busy = 0.65, MemoryUsed = 0.75;

    /// <summary>A month.</summary>
    private const double Hours = 730, Seconds = Hours * 3600;

    private const int Batch = 10;

    /// <summary>Lambda gives a whole processor with this much memory.</summary>
    private const double LambdaMbOfCpu = 1769;

    /// <summary>That an invocation waits for Redis.</summary>
    private const double LambdaWaitMs = 2;

    private const double Gb = 1e9, RedisGb = 1L << 30, Micro = 1e6;

    private double E => demand.EventsPerSecond;

    /// <summary>Shards that hold the live keys.</summary>
    internal int ShardsByMemory => (int)Math.Ceiling(demand.LiveKeys * cost.RedisBytesHeld / (prices.CacheNodeGb * RedisGb * MemoryUsed));

    /// <summary>Shards of which the busiest bears the load, where popularity is as usual; null: none of the numbers that were looked at.</summary>
    internal int? ShardsByLoad
    {
        get
        {
            var skew = SlotSkew.Of(exponent: 1);
            var enough = SlotSkew.Shards.Where((shards, i) => RedisCores * skew[i] / shards <= Busy).ToList();
            return enough.Count > 0 ? enough[0] : null;
        }
    }

    private double RedisCores => E * (cost.RedisMicroseconds + (demand.Reads * cost.RedisGetMicroseconds)) / Micro;

    private int Shards => Math.Max(ShardsByMemory, ShardsByLoad ?? SlotSkew.Shards[^1]);

    /// <summary>The rows that are paid together.</summary>
    internal IReadOnlyList<Need> Rows() => [Balancer(), Api(), Sqs(), Worker(), Load(), Memory(), Cache()];

    /// <summary>What can take the place of one of them.</summary>
    internal IReadOnlyList<Need> Instead() => [Gateway(), Lambda()];

    private Need Api()
    {
        var cores = E * (cost.ApiMicroseconds + (demand.Reads * cost.ApiGetMicroseconds)) / Micro;
        return Tasks("API", cores, $"E x ({cost.ApiMicroseconds:0} µs + reads x {cost.ApiGetMicroseconds:0} µs)");
    }

    private Need Worker() => Tasks("worker", E * cost.WorkerMicroseconds / Micro, $"E x {cost.WorkerMicroseconds:0} µs");

    private Need Tasks(string what, double cores, string formula)
    {
        var tasks = Math.Ceiling(cores / (rules.TaskCpu * Busy));
        return new Need(
            $"{what}, tasks of {rules.TaskCpu} vCPU and {rules.TaskGb} GB", $"{formula} = {cores:0.0} processors, used by {Busy:P0}", $"{tasks:N0} tasks",
            tasks * Hours * ((rules.TaskCpu * prices.FargateCpuHour) + (rules.TaskGb * prices.FargateGbHour)));
    }

    private Need Sqs()
    {
        var formula = $"E x ({cost.SqsSends:0.00} sends + {cost.SqsReceives:0.00} receives + {cost.SqsDeletes:0.00} deletes)";
        return new Need("SQS", formula, $"{E * cost.SqsCalls:N0} requests/s", E * cost.SqsCalls * Seconds / Micro * prices.QueueMillionRequests);
    }

    private Need Balancer()
    {
        var gbAnHour = E * (1 + demand.Reads) * cost.RedisBytesIn * 3600 / Gb;
        return new Need(
            "load balancer", $"E x (1 + reads) x {cost.RedisBytesIn:N0} bytes", $"{gbAnHour:N0} GB/h", Hours * (prices.BalancerHour + (gbAnHour * prices.BalancerGb)));
    }

    private Need Load()
    {
        var shards = ShardsByLoad is { } enough ? $"{enough} shards" : $"more than {SlotSkew.Shards[^1]} shards";
        return new Need(
            "Redis, by its load",
            $"E x ({cost.RedisMicroseconds:0} µs + reads x {cost.RedisGetMicroseconds:0} µs) = {RedisCores:0.0} processors, one a shard, the busiest used by {Busy:P0}",
            shards);
    }

    private Need Memory() => new(
        "Redis, by its memory",
        $"{demand.LiveKeys:N0} keys x {cost.RedisBytesHeld:N0} bytes = {demand.LiveKeys * cost.RedisBytesHeld / RedisGb:N0} GB, in nodes of {prices.CacheNodeGb} GB used by {MemoryUsed:P0}",
        $"{ShardsByMemory} shards");

    private Need Cache() => new(
        $"ElastiCache, {prices.CacheNode}", "the larger of the two, each shard with one replica", $"{Shards * 2} nodes", Shards * 2 * Hours * prices.CacheNodeHour);

    private Need Gateway() => new(
        "API Gateway in front of SQS, for accepting by the API", "E requests, and a send for each", $"{E:N0} requests/s",
        E * Seconds / Micro * (prices.GatewayMillionRequests + prices.QueueMillionRequests));

    private Need Lambda()
    {
        var ms = (Batch * cost.WorkerMicroseconds / 1000 / (rules.LambdaMb / LambdaMbOfCpu)) + LambdaWaitMs;
        var invocations = E / Batch;
        var dollars = (invocations * Seconds / Micro * prices.LambdaMillionRequests) + (invocations * Seconds * ms / 1000 * rules.LambdaMb / 1024 * prices.LambdaGbSecond);
        return new Need(
            $"Lambda functions of {rules.LambdaMb:0} MB, for the worker's tasks", $"E / {Batch} invocations/s of {ms:0.0} ms",
            $"{invocations * ms / 1000:N0} at once (the template allows {rules.LambdaConcurrency})", dollars);
    }
}
