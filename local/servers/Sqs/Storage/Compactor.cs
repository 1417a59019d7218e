using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>
/// Keeps the logs from growing for ever: when they have outgrown the last snapshot, a new one replaces them. Meanwhile the
/// engine works on; it is stopped only for as long as it takes to note where every message stands.
/// </summary>
internal sealed partial class Compactor : IAsyncDisposable
{
    public const long DefaultLogBytes = 128 * 1024 * 1024;
    private const int GrowthFactor = 2;

    private readonly SqsEngine _engine;
    private readonly DataFolder _folder;
    private readonly ILogger _logger;
    private readonly long _minimumLogBytes;
    private readonly SemaphoreSlim _due = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _written;
    private long _writtenAtSnapshot;
    private long _threshold;

    public Compactor(SqsEngine engine, DataFolder folder, long minimumLogBytes, ILogger logger)
    {
        _engine = engine;
        _folder = folder;
        _threshold = _minimumLogBytes = minimumLogBytes;
        _logger = logger;
        _writtenAtSnapshot = -folder.LogBytes;
        folder.Journal.Flushed = OnFlushed;
        _running = RunAsync();
    }

    private long LogBytes => Volatile.Read(ref _written) - Volatile.Read(ref _writtenAtSnapshot);

    private bool IsDue => LogBytes > Volatile.Read(ref _threshold);

    /// <summary>Waits for a snapshot that is being written; starts none.</summary>
    public async ValueTask DisposeAsync()
    {
        _folder.Journal.Flushed = null;
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _due.Dispose();
    }

    private void OnFlushed(long written)
    {
        Volatile.Write(ref _written, written);
        if (IsDue && _due.CurrentCount == 0) _due.Release();
    }

    /// <summary>Ends by the exception that stopping throws.</summary>
    private async Task RunAsync()
    {
        while (true)
        {
            await _due.WaitAsync(_stop.Token);
            if (IsDue) await CompactAsync();
        }
    }

    private async Task CompactAsync()
    {
        var before = LogBytes;
        try
        {
            var snapshot = await _engine.CommitAsync(_ => Snapshot.Capture(_engine.State, _folder.Journal));
            Volatile.Write(ref _writtenAtSnapshot, Volatile.Read(ref _written));
            var size = snapshot.Write(_folder.Path);
            Volatile.Write(ref _threshold, Math.Max(_minimumLogBytes, GrowthFactor * size));
            Log.Compacted(_logger, before, size);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The logs are all still there: nothing is lost but disk space, and the next flush tries again.
            Log.Failed(_logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The journal was compacted from {Before} bytes to {After}.")]
        public static partial void Compacted(ILogger logger, long before, long after);

        [LoggerMessage(Level = LogLevel.Error, Message = "The journal could not be compacted.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
