using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One line of a resource's console. The content begins with the time at which it was read, in ISO 8601.</summary>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>Keeps the console output of every resource, and gives it to whoever watches.</summary>
public class ResourceLoggerService
{
    private readonly ConcurrentDictionary<string, ConsoleLog> _logs = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    internal ResourceLoggerService(TimeProvider time) => _time = time;

    /// <summary>Told of every line of every resource: its id, the text without its time, and whether it is an error.</summary>
    internal Action<string, string, bool>? LineWritten { get; set; }

    /// <summary>A logger that writes to the resource's console log.</summary>
    public ILogger GetLogger(IResource resource) => new ConsoleLogLogger([.. IdsOf(resource).Select(LogOf)]);

    public ILogger GetLogger(string resourceName) => new ConsoleLogLogger([LogOf(resourceName)]);

    /// <summary>What there is, and then each line as it comes, until the log is completed.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => Merge(IdsOf(resource));

    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => LogOf(resourceName).WatchAsync(CancellationToken.None);

    /// <summary>What there is now.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => All(IdsOf(resource));

    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => All([resourceName]);

    /// <summary>No more lines will come: watchers end.</summary>
    public void Complete(IResource resource)
    {
        foreach (var id in IdsOf(resource))
            Complete(id);
    }

    public void Complete(string name) => LogOf(name).Complete();

    public void ClearBacklog(string resourceName) => LogOf(resourceName).Clear();

    internal void Write(string resourceId, string text, bool isError) => LogOf(resourceId).Write(text, isError);

    internal IReadOnlyList<string> LastLines(string resourceId, int count) => LogOf(resourceId).LastLines(count);

    internal IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceId, CancellationToken cancellationToken)
        => LogOf(resourceId).WatchAsync(cancellationToken);

    private static IEnumerable<string> IdsOf(IResource resource)
        => resource.Annotations.OfType<Engine.InstancesAnnotation>().LastOrDefault()?.Ids ?? [resource.Name];

    private ConsoleLog LogOf(string id)
        => _logs.GetOrAdd(id, key => new ConsoleLog(_time, (text, isError) => LineWritten?.Invoke(key, text, isError)));

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> All(IEnumerable<string> ids)
    {
        foreach (var id in ids)
        {
            var lines = LogOf(id).Snapshot();
            if (lines.Count > 0)
                yield return lines;
        }

        await Task.CompletedTask;
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> Merge(
        IEnumerable<string> ids,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var merged = System.Threading.Channels.Channel.CreateUnbounded<IReadOnlyList<LogLine>>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pumps = ids.Select(id => PumpAsync(LogOf(id), merged.Writer, stop.Token)).ToList();
        _ = Task.WhenAll(pumps).ContinueWith(
            _ => merged.Writer.TryComplete(),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            await foreach (var lines in merged.Reader.ReadAllAsync(stop.Token))
                yield return lines;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private static async Task PumpAsync(
        ConsoleLog log,
        System.Threading.Channels.ChannelWriter<IReadOnlyList<LogLine>> writer,
        CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var lines in log.WatchAsync(cancellationToken))
                writer.TryWrite(lines);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The watcher has gone.
        }
    }
}
