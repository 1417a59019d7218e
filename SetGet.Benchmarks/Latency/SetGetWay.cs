using System.Diagnostics;
using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Latency;

/// <summary>
/// From <c>POST /set</c> to a reader that waits by <c>GET /get/{webhookKey}?wait=20</c>: it learns of its event in the moment in which it can be read,
/// and nobody polls.
/// </summary>
internal sealed class SetGetWay(EventApi api, Server worker) : IDisposable
{
    /// <summary>So long before its event each reader begins to wait.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(100);

    private const int WaitSeconds = 20;
    private int _next;

    internal static async Task<SetGetWay> StartAsync(Backbone backbone, CancellationToken cancellationToken)
    {
        var api = await EventApi.StartAsync(backbone, new Dictionary<string, string>(), cancellationToken);
        try
        {
            return new SetGetWay(api, await Consumers.StartWorkerAsync(backbone, environment: null, cancellationToken));
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    internal async Task<Delay> MeasureAsync(int rate, int count, CancellationToken cancellationToken)
    {
        var first = _next;
        _next += count;
        var delay = new Delay(new Samples(count), new Samples(count));
        await Pace.RunAsync(rate, count, async (i, begin) =>
        {
            var key = $"wait-{first + i}";
            var due = begin + (long)(Ahead.TotalSeconds * Stopwatch.Frequency);
            var reading = ReadAsync(key, cancellationToken);
            var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (early > TimeSpan.Zero) await Task.Delay(early, TimeProvider.System, cancellationToken);
            await api.SetAsync(key, cancellationToken);
            var accepted = Stopwatch.GetTimestamp();
            var read = await reading;
            // A reader may have it before the sender has its answer.
            delay.FromAccepted.Set(i, Math.Min(accepted, read), read);
            delay.FromDue.Set(i, due, read);
        }, cancellationToken);
        return delay;
    }

    public void Dispose()
    {
        worker.Dispose();
        api.Dispose();
    }

    private async Task<long> ReadAsync(string key, CancellationToken cancellationToken)
    {
        await api.GetAsync(key, WaitSeconds, cancellationToken);
        return Stopwatch.GetTimestamp();
    }
}
