using System.Collections.Concurrent;

namespace Aws.Tests;

/// <summary>What the clients of the fault test were answered, and what must therefore hold.</summary>
internal sealed class FaultLedger
{
    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private readonly ConcurrentDictionary<string, bool> _received = new();
    private readonly ConcurrentDictionary<string, long> _deleted = new();
    private readonly ConcurrentDictionary<string, int> _lastDeleted = new();
    private readonly ConcurrentDictionary<string, (string Queue, string Handle)> _handles = new();
    private readonly ConcurrentBag<string> _violations = [];
    private readonly Lock _sync = new();
    private long _clock;
    private int _numbers;
    private int _answers;
    private int _wanted;
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A number for the next message. Numbers of a group are sent in their order, one after the other.</summary>
    public int NextNumber() => Interlocked.Increment(ref _numbers);

    /// <summary>The order of events as all clients see it.</summary>
    public long Now() => Interlocked.Increment(ref _clock);

    public Task AnswersAsync(int count)
    {
        lock (_sync)
        {
            _answers = 0;
            _wanted = count;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }

    public void Answered()
    {
        lock (_sync)
            if (++_answers == _wanted) _reached.TrySetResult();
    }

    /// <summary>The last handle that a client got for each message which it was not told to be deleted.</summary>
    public IEnumerable<(string Queue, string Handle)> OpenHandles()
        => _handles.Where(entry => !_deleted.ContainsKey(entry.Key)).Select(entry => entry.Value);

    public void Holds(string queue, string body, string handle) => _handles[body] = (queue, handle);

    public void Sent(string body) => _sent[body] = true;

    /// <param name="body">The message.</param>
    /// <param name="asked">When the call that received it was made: what was deleted before that may not come.</param>
    public void Received(string body, long asked)
    {
        _received[body] = true;
        if (_deleted.TryGetValue(body, out var at) && at < asked) _violations.Add($"{body} was received after its delete was answered");
        if (Parse(body) is var (group, number) && _lastDeleted.TryGetValue(group, out var last) && number < last && !_deleted.ContainsKey(body))
            _violations.Add($"{body} came after {group} {last} was deleted");
    }

    public void Deleted(string body)
    {
        _deleted[body] = Now();
        if (Parse(body) is var (group, number)) _lastDeleted.AddOrUpdate(group, number, (_, last) => Math.Max(last, number));
    }

    public void Verify()
    {
        Assert.Empty(_violations);
        Assert.Empty(_sent.Keys.Except(_received.Keys));
        Assert.True(_deleted.Count > 1000, $"only {_deleted.Count} messages were deleted: the load was too small to say anything");
    }

    /// <summary>Bodies of the FIFO queue are "GROUP NUMBER"; a delete whose answer was lost may have happened, so order is told by those answered.</summary>
    private static (string Group, int Number)? Parse(string body)
        => body.Split(' ') is [['g', ..] group, var number] ? (group, int.Parse(number)) : null;
}
