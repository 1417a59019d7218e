using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aws.Lambda;

/// <summary>An invocation that a runtime has taken and not answered yet.</summary>
internal sealed record Invocation(string Id, byte[] Event, DateTimeOffset Deadline, IReadOnlyDictionary<string, string> ReceiptHandles);

/// <summary>
/// Makes invocations of messages, and deletes those that were handled. As in Lambda: what a function fails on, or does not
/// answer for in time, is not deleted, and comes back with its visibility timeout.
/// </summary>
internal sealed partial class EventSourceMapping(LambdaOptions options, SourceQueue queue, string queueArn, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, (Invocation Invocation, ITimer Timer)> _running = new();

    /// <exception cref="LambdaException">Lambda would refuse the mapping.</exception>
    public static async Task<EventSourceMapping> CreateAsync(
        LambdaOptions options, SourceQueue queue, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        if (options.Fault() is { } fault) throw new LambdaException(fault);
        var (arn, visibility) = await queue.DescribeAsync(cancellationToken);
        if (visibility < options.Timeout)
            throw new LambdaException(
                $"The visibility timeout of {options.Queue} is {visibility.TotalSeconds} s, below the function's timeout of {options.Timeout.TotalSeconds} s.");
        return new EventSourceMapping(options, queue, arn, time, logger);
    }

    /// <summary>The next invocation, as soon as there are messages. A runtime takes one at a time: there are never more than runtimes.</summary>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonNode> batch = [];
        while (batch.Count == 0) batch = await queue.ReceiveAsync(options.BatchSize, cancellationToken);
        return Begin(batch);
    }

    /// <summary>The function's answer. False where no such invocation runs (any more).</summary>
    public async Task<bool> AnswerAsync(string id, byte[] answer, CancellationToken cancellationToken)
    {
        if (!TryEnd(id, out var invocation)) return false;
        var handles = invocation.ReceiptHandles;
        var failures = SqsEvent.Failures(answer, handles.Keys.ToHashSet(StringComparer.Ordinal));
        if (failures is null) Log.Unreadable(logger, id, handles.Count);
        else await queue.DeleteAsync(handles.Where(each => !failures.Contains(each.Key)).Select(each => each.Value), cancellationToken);
        return true;
    }

    /// <summary>The function failed: nothing is deleted. False where no such invocation runs.</summary>
    public bool Fail(string id, string error)
    {
        if (!TryEnd(id, out var invocation)) return false;
        Log.Failed(logger, id, invocation.ReceiptHandles.Count, error);
        return true;
    }

    public void Dispose()
    {
        foreach (var id in _running.Keys) TryEnd(id, out _);
    }

    private Invocation Begin(IReadOnlyList<JsonNode> messages)
    {
        var handles = messages.ToDictionary(
            message => message["MessageId"]!.GetValue<string>(), message => message["ReceiptHandle"]!.GetValue<string>(), StringComparer.Ordinal);
        var content = JsonSerializer.SerializeToUtf8Bytes(SqsEvent.Create(messages, queueArn));
        var invocation = new Invocation(Guid.NewGuid().ToString(), content, time.GetUtcNow() + options.Timeout, handles);
        var timer = time.CreateTimer(_ => TimeOut(invocation.Id), null, options.Timeout, Timeout.InfiniteTimeSpan);
        _running[invocation.Id] = (invocation, timer);
        return invocation;
    }

    private void TimeOut(string id)
    {
        if (TryEnd(id, out var invocation)) Log.TimedOut(logger, id, invocation.ReceiptHandles.Count, options.Timeout.TotalSeconds);
    }

    private bool TryEnd(string id, out Invocation invocation)
    {
        var ended = _running.TryRemove(id, out var running);
        invocation = running.Invocation;
        if (!ended) return false;
        running.Timer.Dispose();
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Invocation {Id} answered for {Count} messages with no batch response: all come back")]
        public static partial void Unreadable(ILogger logger, string id, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Invocation {Id} failed, its {Count} messages come back: {Error}")]
        public static partial void Failed(ILogger logger, string id, int count, string error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Invocation {Id} did not answer for {Count} messages within {Seconds} s: all come back")]
        public static partial void TimedOut(ILogger logger, string id, int count, double seconds);
    }
}
