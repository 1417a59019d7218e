using Sqs.Engine;

namespace Sqs.Storage;

/// <summary>
/// Keeps the logs from growing for ever: when they have outgrown the last snapshot, a new one replaces them. The
/// engine waits while the records of all messages are made, and works on while they are written.
/// </summary>
internal sealed partial class Compactor : IAsyncDisposable
{
    private const int GrowthFactor = 2;

    private readonly SqsEngine _engine;
    private readonly DataFolder _folder;
    private readonly ILogger _logger;
    private readonly long _minimumLogBytes;
    private volatile Task _running = Task.CompletedTask;
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
    }

    /// <summary>Waits for a snapshot that is being written. After the engine, whose journal would begin another.</summary>
    public async ValueTask DisposeAsync() => await _running;

    /// <summary>Called by the journal's thread alone. What is written while a snapshot is counts towards the next.</summary>
    private void OnFlushed(long written)
    {
        if (_running.IsCompleted && written - _writtenAtSnapshot > _threshold) _running = Task.Run(() => CompactAsync(written));
    }

    private async Task CompactAsync(long written)
    {
        try
        {
            var before = written - _writtenAtSnapshot;
            var snapshot = await _engine.CommitAsync(_ => Snapshot.Capture(_engine.State, _folder.Journal));
            _writtenAtSnapshot = written;
            var size = snapshot.Write(_folder.Path);
            _threshold = Math.Max(_minimumLogBytes, GrowthFactor * size);
            Log.Compacted(_logger, before, size);
        }
        catch (ObjectDisposedException)
        {
            // Stopping.
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
