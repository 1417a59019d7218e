using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Http;

/// <summary>Targets under the same load in turn: requests a second, and what each costs its server.</summary>
internal static class HttpComparison
{
    /// <summary>A server of .NET compiles its busiest methods a second and a third time while it runs, however short the rounds are.</summary>
    private const int WarmUpSeconds = 4;

    /// <param name="prepare">Before each measurement; it does not count.</param>
    /// <param name="goal">What the ratio of the requests a second is to reach.</param>
    internal static async Task<Comparison[]> RunAsync(
        string figure, string name, HttpTarget first, HttpTarget second, int rounds, int seconds, int connections, CancellationToken cancellationToken,
        Func<Task>? prepare = null, Goal? goal = null)
    {
        var rates = await MeasureAsync(name, [first, second], rounds, seconds, connections, cancellationToken, prepare);
        return Compare(figure, rates, first, second, goal);
    }

    /// <summary>The rounds of each target; the first round, which warms up, is not among them.</summary>
    internal static async Task<IReadOnlyDictionary<HttpTarget, List<HttpRate>>> MeasureAsync(
        string name, IReadOnlyList<HttpTarget> targets, int rounds, int seconds, int connections, CancellationToken cancellationToken,
        Func<Task>? prepare = null)
    {
        var rates = targets.ToDictionary(static target => target, static _ => new List<HttpRate>());
        await Interleaved.RunAsync(name, rounds + 1, targets, async (target, round) =>
        {
            if (prepare is not null) await prepare();
            var measured = await Wrk.RunAsync(target, connections, round == 0 ? Math.Max(seconds, WarmUpSeconds) : seconds, cancellationToken);
            if (round > 0) rates[target].Add(measured);
        });
        return rates;
    }

    /// <summary>Requests a second and processor time of two of the targets that took turns.</summary>
    internal static Comparison[] Compare(
        string figure, IReadOnlyDictionary<HttpTarget, List<HttpRate>> rates, HttpTarget first, HttpTarget second, Goal? goal)
    {
        var rate = new Comparison(figure, "requests/s", first.Name, second.Name, goal);
        var cost = new Comparison("processor time of the server", "µs/request", first.Name, second.Name);
        foreach (var target in (HttpTarget[])[first, second])
            foreach (var measured in rates[target])
            {
                rate.Add(target.Name, measured.RequestsPerSecond);
                cost.Add(target.Name, measured.ProcessorMicroseconds);
            }

        return [rate, cost];
    }
}
