using System.CommandLine;
using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Reports;
using SetGet.Benchmarks.Set;
using SetGet.Benchmarks.Wire;

namespace SetGet.Benchmarks.Scale;

/// <summary><c>scale</c>: one, two and four workers, where what they wait for is the way to SQS and Redis and not this machine's processors.</summary>
internal static class ScaleCommand
{
    private static readonly int[] Workers = [1, 2, 4];
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each number of workers.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Count = new("--messages") { Description = "Messages a round for each worker.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<int> Delay =
        new("--delay") { Description = "Milliseconds to SQS and to Redis and back, beside what they take themselves.", DefaultValueFactory = _ => 5 };

    internal static Command Create()
    {
        var command = new Command("scale", "Messages a second of 1, 2 and 4 workers, at a distance to SQS and Redis.") { Rounds, Count, Delay };
        command.SetAction((options, cancellationToken) => RunAsync(
            options.GetValue(Rounds), options.GetValue(Count), options.GetValue(Delay), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int messages, int delay, CancellationToken cancellationToken)
    {
        using var backbone = await Backbone.StartAsync(cancellationToken);
        var oneWay = TimeSpan.FromMilliseconds(delay) / 2;
        await using var sqs = new TcpRelay(new Uri(backbone.SqsUrl).Port, oneWay);
        await using var redis = new TcpRelay(backbone.Redis.FirstPort, oneWay);
        var distance = await RoundTrip.MeasureAsync(redis.Port, cancellationToken);
        var consumers = Workers.Select(count => Far(backbone, sqs, redis, count)).ToList();
        var sizes = consumers.ConvertAll(consumer => consumer.Name);
        var (each, busy) = (new Ladder("of each", "messages/s", sizes, Goal.AtLeast(0.9)), new Ladder("processors in use", "%", sizes));
        var backlog = new Backlog(backbone, backbone.Redis);
        await Interleaved.RunAsync("scale", rounds, consumers, async (consumer, _) =>
        {
            var count = Workers[consumers.IndexOf(consumer)];
            var rate = await backlog.DrainAsync(consumer, messages * count, Messages.UnderOneKey, cancellationToken);
            each.Add(consumer.Name, rate.PerSecond / count);
            busy.Add(consumer.Name, rate.Busy * 100);
        });
        Report.Write(
            "scale",
            $"Workers: one poller each, SQS and Redis {delay} ms away (with timers: {distance.TotalMilliseconds:0.0} ms), {messages:N0} messages for each; the relays' "
                + "own processor time is not in what is in use",
            [.. each.Comparisons, .. busy.Comparisons]);
    }

    // A worker with one poller waits most of the time: four of them do not need the whole of a small machine.
    private static Consumer Far(Backbone backbone, TcpRelay sqs, TcpRelay redis, int count)
    {
        var sqsUrl = $"http://127.0.0.1:{sqs.Port}";
        return Consumers.Worker(backbone, count == 1 ? "1 worker" : $"{count} workers", count, new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL_SQS"] = sqsUrl,
            ["AWS__Resources__EventsQueueUrl"] = backbone.QueueUrl.Replace(backbone.SqsUrl, sqsUrl, StringComparison.Ordinal),
            ["ConnectionStrings__redis"] = $"127.0.0.1:{redis.Port}",
            ["SetGet__Worker__Pollers"] = "1",
        });
    }
}
