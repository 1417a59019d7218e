using Aws.Sqs.Engine;

namespace Aws.Sqs;

/// <summary>
/// Gives memory back to the system when a great many messages are gone. Left alone, a server that idles after a burst would keep
/// the memory of it: nothing is allocated any more, so nothing is collected.
/// </summary>
internal sealed class MemoryTrimmer : IAsyncDisposable
{
    private const int WorthwhileMessages = 50_000;
    private const int ShrunkTo = 4;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly SqsEngine _engine;
    private readonly PeriodicTimer _timer;
    private readonly Task _running;
    private int _peak;

    public MemoryTrimmer(SqsEngine engine, TimeProvider clock)
    {
        _engine = engine;
        _timer = new PeriodicTimer(Interval, clock);
        _running = RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _timer.WaitForNextTickAsync()) await TrimAsync();
        }
        catch (ObjectDisposedException)
        {
            // The engine has stopped.
        }
    }

    private async Task TrimAsync()
    {
        var messages = await _engine.CommitAsync(_ => _engine.State.Queues.Sum(queue => queue.Messages.Count));
        _peak = Math.Max(_peak, messages);
        if (_peak < WorthwhileMessages || messages > _peak / ShrunkTo) return;
        _peak = messages;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
