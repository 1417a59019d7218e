using System.Globalization;

namespace SetGet.Tests.Deploy.Costs;

/// <summary>What docs/deploy.md says of costs, computed from the price list: its tables and the figures in its sentences.</summary>
internal sealed class DeployCosts(PriceList price)
{
    private const decimal Hours = 730, SmallCpu = 0.5m, SmallGb = 1;

    private decimal Request => price["sqsMillionRequests"] + price["sqsFairMillionRequests"];

    private decimal TaskHour => (SmallCpu * price["fargateCpuHour"]) + (SmallGb * price["fargateGbHour"]);

    private decimal Task => Hours * TaskHour;

    private decimal Gateway => price["gatewayMillionRequests"] + (0.4m * price["logGb"]);

    private decimal Serverless => 0.1m * Hours * price["serverlessCacheGbHour"];

    private decimal PollsOfATask => 0.265m * price["sqsMillionRequests"];

    private decimal LambdaInBatches => (0.1m * price["lambdaMillionRequests"]) + (2_500 * price["lambdaGbSecond"]);

    private decimal LambdaOneByOne => price["lambdaMillionRequests"] + (10_000 * price["lambdaGbSecond"]);

    public IReadOnlyList<string> Prices() =>
    [
        $"| API Gateway, REST | {price["gatewayMillionRequests"]} per million requests |",
        $"| SQS, standard | {price["sqsMillionRequests"]} per million requests; every 64 KB, begun, of a request is one |",
        $"| SQS, fair queues | {price["sqsFairMillionRequests"]} more per million requests that carry a message group |",
        $"| Fargate, x86 | {price["fargateCpuHour"]} per vCPU-hour, {price["fargateGbHour"]} per GB-hour |",
        $"| Lambda, x86 | {price["lambdaMillionRequests"]} per million requests, {price["lambdaGbSecond"]} per GB-second |",
        $"| ElastiCache, Valkey, nodes | `cache.t4g.small` {price["smallCacheNodeHour"]}, `cache.m7g.large` {price["mediumCacheNodeHour"]} per hour |",
        $"| ElastiCache, Valkey, serverless | {price["serverlessCacheGbHour"]} per GB-hour (at least 100 MB), {price["serverlessCacheMillionEcpu"]} per million ECPU |",
        $"| Application Load Balancer | {price["balancerHour"]} per hour, {price["balancerGb"]} per LCU-hour |",
        $"| NAT gateway | {price["natHour"]} per hour, {price["natGb"]} per GB |",
        $"| CloudWatch | logs {price["logGb"]} per GB, metric {price["metricMonth"]}, alarm {price["alarmMonth"]}, dashboard {price["dashboardMonth"]} a month |",
        $"| X-Ray | {price["tracesMillion"]} per million traces |",
        $"| Secrets Manager | {price["secretMonth"]} per secret and month |",
    ];

    public IReadOnlyList<Cost> MillionEvents() =>
    [
        new("gateway", $"1 M x {price["gatewayMillionRequests"]}", price["gatewayMillionRequests"]),
        new("its access log", $"1 M x 0.4 KB = 0.4 GB x {price["logGb"]}", 0.4m * price["logGb"]),
        new("into the queue by the gateway, one request each", $"1 M x ({price["sqsMillionRequests"]} + {price["sqsFairMillionRequests"]})", Request),
        new("out of the queue, batches of 10 (20 KB: one chunk)", $"0.1 M x {Request}", 0.1m * Request),
        new("deleted, batches of 10", $"0.1 M x {Request}", 0.1m * Request),
        new("worker, tasks: 500 events/s on 0.5 vCPU and 1 GB", $"2,000 s = 0.556 h x (0.5 x {price["fargateCpuHour"]} + 1 x {price["fargateGbHour"]})", Busy),
        new("*or* worker, Lambda: 100,000 calls of 50 ms with 512 MB", $"0.1 x {price["lambdaMillionRequests"]} + 2,500 GB-s x {price["lambdaGbSecond"]}", LambdaInBatches),
        new("cache, serverless, kept a day", $"1 M x 2.5 KB = 2.5 GB x 24 h x {price["serverlessCacheGbHour"]}", 60 * price["serverlessCacheGbHour"]),
        new("its work, about 6 ECPU for a store and 3 for a read", $"9 M x {price["serverlessCacheMillionEcpu"]} / M", 9 * price["serverlessCacheMillionEcpu"]),
        new("*or* cache, nodes", "by the hour, below", null),
        new("reads through the load balancer", $"2 GB / 1 GB per LCU-hour x {price["balancerGb"]}", 2 * price["balancerGb"]),
    ];

    public IReadOnlyList<Cost> Month() =>
    [
        new("API, 2 small tasks", $"2 x 730 x {TaskHour:0.000000}", 2 * Task),
        new("worker, 2 small tasks (Lambda: 0)", $"2 x 730 x {TaskHour:0.000000}", 2 * Task),
        new("cache, 2 x `cache.t4g.small`", $"2 x 730 x {price["smallCacheNodeHour"]}", 2 * Hours * price["smallCacheNodeHour"]),
        new("*or* serverless, 100 MB", $"0.1 x 730 x {price["serverlessCacheGbHour"]}", Serverless),
        new("load balancer", $"730 x {price["balancerHour"]}", Hours * price["balancerHour"]),
        new("empty receives: 2 tasks x 2 pollers that are awake x 3 a minute", $"0.53 M x {price["sqsMillionRequests"]}", 2 * PollsOfATask),
        new("secrets", $"3 x {price["secretMonth"]}", 3 * price["secretMonth"]),
        new("alarms, those of the scaling included", $"15 x {price["alarmMonth"]}", 15 * price["alarmMonth"]),
        new("dashboard", $"1 x {price["dashboardMonth"]}", price["dashboardMonth"]),
        new("traces, 1 a second and task at most, if there are as many requests", $"4 x 2.63 M x {price["tracesMillion"]}", 4 * 2.628m * price["tracesMillion"], UpTo: true),
        new("NAT gateway, one, where subnets are private", $"730 x {price["natHour"]}", Hours * price["natHour"]),
    ];

    /// <summary>What the sentences say, each as it stands in the page but for its ends of lines.</summary>
    public IReadOnlyList<string> Sentences()
    {
        // Without what may be had in place of it, and without what need not be.
        var events = Gateway + Request + (0.2m * Request) + Busy + (2 * price["balancerGb"]);
        var shared = (Hours * price["balancerHour"]) + (3 * price["secretMonth"]) + (15 * price["alarmMonth"]) + price["dashboardMonth"];
        var month = (4 * Task) + (2 * Hours * price["smallCacheNodeHour"]) + (2 * PollsOfATask) + shared;
        var trial = (2 * Task) + Serverless + PollsOfATask + shared;
        return
        [
            $"List prices of {price.Region} as they were known on {price.On:yyyy-MM-dd}",
            $"data that leaves AWS (${price["dataOutGb"]} per GB)",
            $"So about **{events:0.0}** with tasks and nodes, of which the gateway is {Gateway:0.00}",
            $"into the queue 4 x {Request} = {4 * Request:0.00}; out of it five at a time, because SQS carries 1 MiB at once, which is 16 chunks: 0.2 M x 16 x {Request} = {3.2m * Request:0.00}",
            $"2 M x {Request} = {2 * Request:0.00} and not {0.2m * Request:0.00}",
            $"1 M x {price["lambdaMillionRequests"]} + 1 M x 20 ms x 0.5 GB x {price["lambdaGbSecond"]} = {LambdaOneByOne:0.00}",
            $"no gateway, {Gateway:0.00} less; under load it sends batches of up to ten, so the queue takes {0.1m * Request:0.00} and not {Request:0.00}",
            $"an hour and not a day is {2.5m * price["serverlessCacheGbHour"]:0.00} and not {60 * price["serverlessCacheGbHour"]:0.00}",
            $"About **{month:0}** without traces and NAT gateway",
            $"`ApiMinTasks=1 WorkerMinTasks=1` and `CacheType=serverless` make it {trial:0}",
            $"Two small tasks are {2 * Task:0.00} a month. Lambda is {LambdaInBatches:0.00} to {LambdaOneByOne:0.00} per million events. "
                + $"The lines cross at about {Rounded(2 * Task / LambdaInBatches)} million events a month ({PerSecond(2 * Task / LambdaInBatches)} a second) in full batches, "
                + $"or {Rounded(2 * Task / LambdaOneByOne)} million ({PerSecond(2 * Task / LambdaOneByOne)} a second) one by one",
            $"(ECR {price["registryGbMonth"]} per GB-month)",
            $"4 x {TaskHour:0.000000} x 0.1 h = {0.4m * TaskHour:0.00}",
            $"snapshot at {price["snapshotGbMonth"]} per GB-month",
        ];
    }

    /// <summary>Two thousand seconds of a small task.</summary>
    private decimal Busy => 2_000 / 3_600m * TaskHour;

    private static string Rounded(decimal millions) => (Math.Round(millions / 10) * 10).ToString("0", CultureInfo.InvariantCulture);

    private static string PerSecond(decimal millionsAMonth) => (millionsAMonth * 1_000_000 / (Hours * 3_600)).ToString("0", CultureInfo.InvariantCulture);
}
