using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last lines of one console, and those who watch it.</summary>
internal sealed class ConsoleLog
{
    private const int MaxLines = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly List<Channel<LogLine>> _watchers = [];
    private readonly TimeProvider _time;
    private readonly Action<string, bool> _onLine;
    private int _count;
    private bool _completed;

    public ConsoleLog(TimeProvider time, Action<string, bool> onLine)
    {
        _time = time;
        _onLine = onLine;
    }

    public void Write(string text, bool isError)
    {
        lock (_lock)
        {
            var time = _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
            var line = new LogLine(++_count, $"{time} {text}", isError);
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
                _lines.Dequeue();
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(line);
        }

        _onLine(text, isError);
    }

    public IReadOnlyList<LogLine> Snapshot()
    {
        lock (_lock)
            return [.. _lines];
    }

    /// <summary>The last lines without their times.</summary>
    public IReadOnlyList<string> LastLines(int count)
        => [.. Snapshot().TakeLast(count).Select(l => l.Content[(l.Content.IndexOf(' ', StringComparison.Ordinal) + 1)..])];

    public void Clear()
    {
        lock (_lock)
            _lines.Clear();
    }

    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            foreach (var watcher in _watchers)
                watcher.Writer.TryComplete();
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<LogLine>();
        lock (_lock)
        {
            foreach (var line in _lines)
                channel.Writer.TryWrite(line);
            if (_completed)
                channel.Writer.TryComplete();
            _watchers.Add(channel);
        }

        try
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    batch.Add(line);
                yield return batch;
            }
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }
}
