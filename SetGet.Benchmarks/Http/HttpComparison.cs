using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Http;

/// <summary>Two targets under the same load in turn: requests a second, and what each costs its server.</summary>
internal static class HttpComparison
{
    /// <param name="prepare">Before each measurement; it does not count.</param>
    internal static async Task<Comparison[]> RunAsync(
        string figure, string name, HttpTarget first, HttpTarget second, int rounds, int seconds, int connections, CancellationToken cancellationToken,
        Func<Task>? prepare = null)
    {
        var rate = new Comparison(figure, "requests/s", first.Name, second.Name);
        var cost = new Comparison("processor time of the server", "µs/request", first.Name, second.Name);
        await Interleaved.RunAsync(name, rounds + 1, [first, second], async (target, round) =>
        {
            if (prepare is not null) await prepare();
            var measured = await Wrk.RunAsync(target, connections, seconds, cancellationToken);
            // The first round warms up.
            if (round == 0) return;
            rate.Add(target.Name, measured.RequestsPerSecond);
            cost.Add(target.Name, measured.ProcessorMicroseconds);
        });
        return [rate, cost];
    }
}
