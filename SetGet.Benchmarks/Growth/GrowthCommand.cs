using System.CommandLine;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Growth;

/// <summary><c>growth</c>: whether what an event, a key's history or a store grows to makes anything slower than in proportion.</summary>
internal static class GrowthCommand
{
    /// <summary>
    /// Rounds of reading that do not count. All sizes are read by one API, whose compiler makes it faster for some seconds: whoever came last would seem the best.
    /// </summary>
    internal const int WarmUpRounds = 3;

    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each size.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds of reading a round.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Keys = new("--keys") { Description = "Webhook keys that are written a round.", DefaultValueFactory = _ => 100_000 };
    private static readonly Option<long[]> Live = new("--live")
    {
        Description = "Live keys in Redis when it is read. Add 10000000 for a long run: it takes half an hour to fill, and some 20 GB of memory.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [10_000, 1_000_000],
    };

    private static readonly Option<string[]> Of = new("--of")
    {
        Description = "Of what: keys (of an event), history (of a key), live (keys in Redis).",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => ["keys", "history", "live"],
    };

    internal static Command Create()
    {
        var command = new Command("growth", "Events with many keys, keys with many events, and a Redis with many keys, each against few.")
        { Rounds, Seconds, Keys, Live, Of };
        Of.AcceptOnlyFromAmong("keys", "history", "live");
        command.SetAction(async (options, cancellationToken) =>
        {
            var (rounds, seconds, of) = (options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Of)!);
            using var backbone = await Backbone.StartAsync(cancellationToken);
            if (of.Contains("keys")) await KeysOfAnEvent.RunAsync(backbone, rounds, seconds, options.GetValue(Keys), cancellationToken);
            if (of.Contains("history")) await HistoryOfAKey.RunAsync(backbone, rounds, seconds, cancellationToken);
            if (of.Contains("live")) await LiveKeys.RunAsync(backbone, rounds, seconds, options.GetValue(Live)!, cancellationToken);
        });
        return command;
    }
}
