using System.CommandLine;
using SetGet.Benchmarks.Reports;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Latency;

/// <summary><c>arrival</c>: how long an accepted event takes until it can be read.</summary>
internal static class ArrivalCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each way.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds a round.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Rate = new("--rate") { Description = "Events a second.", DefaultValueFactory = _ => 500 };

    internal static Command Create()
    {
        var command = new Command("arrival", "From accepted to readable, against a consumer that receives from the same SQS and does nothing.")
        { Rounds, Seconds, Rate };
        command.SetAction((options, cancellationToken) => RunAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Rate), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int seconds, int rate, CancellationToken cancellationToken)
    {
        using var backbone = await Backbone.StartAsync(cancellationToken);
        using var setGet = await SetGetWay.StartAsync(backbone, cancellationToken);
        await using var bare = await BareWay.StartAsync(backbone, cancellationToken);
        Way[] ways = [new("SetGet, accepted to readable", setGet.MeasureAsync), new("SQS alone, sent to received", bare.MeasureAsync)];
        (Comparison Figure, Func<Delay, double> Of)[] figures =
        [
            (Compare("p50"), delay => delay.FromAccepted.Percentile(50)),
            (Compare("p99", Goal.AtMost(2)), delay => delay.FromAccepted.Percentile(99)),
            (Compare("p50, both from the moment at which sending was due"), delay => delay.FromDue.Percentile(50)),
            (Compare("p99, both from the moment at which sending was due"), delay => delay.FromDue.Percentile(99)),
        ];
        await Interleaved.RunAsync("arrival", rounds + 1, ways, async (way, round) =>
        {
            // The first round warms up, gently: processes that have just started do not bear the load yet.
            var now = round == 0 ? rate / 4 : rate;
            var delay = await way.MeasureAsync(now, now * seconds, cancellationToken);
            if (round == 0) return;
            foreach (var (figure, of) in figures) figure.Add(way.Name, of(delay));
        });
        Report.Write(
            "arrival", $"Accepted to readable: {rate:N0} events a second of 1 KB at fixed times, whatever the answers take; {seconds} s a round", [.. figures.Select(f => f.Figure)]);

        Comparison Compare(string figure, Goal? goal = null) => new(figure, "µs", ways[0].Name, ways[1].Name, goal);
    }
}
