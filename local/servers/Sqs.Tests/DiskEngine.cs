using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sqs.Engine;
using Sqs.Storage;

namespace Sqs.Tests;

/// <summary>An engine over a data folder.</summary>
internal sealed class DiskEngine : IAsyncDisposable
{
    private DiskEngine(DataFolder data, FakeTimeProvider clock)
    {
        Data = data;
        Sqs = new EngineHarness(data.State, data.Journal, clock);
    }

    public DataFolder Data { get; }

    public EngineHarness Sqs { get; }

    public static DiskEngine Open(string folder, FakeTimeProvider clock)
        => new(DataFolder.Open(folder, EngineHarness.Account, NullLogger.Instance), clock);

    public SqsQueue Queue(string name) => QueueRegistry.Get(Sqs.Engine, EngineHarness.Account, name);

    /// <summary>Takes a snapshot and writes it after some more work, so that it replaces the logs before it.</summary>
    public async Task CompactAsync(Func<Task>? meanwhile = null)
    {
        var snapshot = await Sqs.RunAsync(_ => Snapshot.Capture(Sqs.Engine.State, Data.Journal));
        if (meanwhile is not null) await meanwhile();
        snapshot.Write(Data.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await Sqs.DisposeAsync();
        Data.Dispose();
    }
}

/// <summary>All that must survive, as text.</summary>
internal static class StateText
{
    public static string Of(EngineHarness sqs)
    {
        var now = sqs.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var text = new StringBuilder();
        foreach (var queue in sqs.Engine.State.Queues)
        {
            queue.Expire(now);
            queue.Messages.Promote(now);
            queue.Deduplication.Expire(now);
            text.AppendLine($"{queue.Id} {queue.Name} {string.Join(',', queue.Settings.Given.Order())} {string.Join(',', queue.Tags)}");
            foreach (var (key, sent) in queue.Deduplication.Entries.OrderBy(entry => entry.Key)) text.AppendLine($"  {key} {sent}");
            foreach (var message in queue.Messages.All().OrderBy(message => message.Sequence)) text.AppendLine($"  {Line(message)}");
        }

        return text.Append(sqs.Engine.State.LastSequence).ToString();
    }

    private static string Line(Message message) => string.Join(
        ' ', message.Sequence, message.Id, Encoding.UTF8.GetString(message.Body.Span), message.BodyMd5, message.GroupId, message.DeduplicationId,
        message.SentAt, message.State, message.ReceiveCount, message.FirstReceivedAt, message.LastReceivedAt,
        message.State == MessageState.Visible ? 0 : message.DueAt, message.DeadLetterSourceArn);
}

/// <summary>Random calls on a standard queue with a dead-letter queue, and on a FIFO queue.</summary>
internal sealed class RandomWork(EngineHarness sqs, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<(SqsQueue Queue, ReceiptHandle Handle)> _handles = [];
    private SqsQueue[] _queues = [];

    public async Task StartAsync()
    {
        var dead = await sqs.CreateAsync("dead");
        var policy = $$"""{"deadLetterTargetArn":"{{dead.Arn}}","maxReceiveCount":2}""";
        _queues = [await sqs.CreateAsync("q", ("RedrivePolicy", policy)), await sqs.CreateAsync("q.fifo", ("FifoQueue", "true")), dead];
    }

    public async Task RunAsync(int steps)
    {
        for (var i = 0; i < steps; i++) await StepAsync();
    }

    private async Task StepAsync()
    {
        var queue = _queues[_random.Next(_queues.Length)];
        switch (_random.Next(8))
        {
            case 0 or 1 or 2: await SendAsync(queue); break;
            case 3 or 4:
                foreach (var message in await sqs.ReceiveAsync(queue, _random.Next(1, 11), _random.Next(0, 60))) _handles.Add((queue, message.Handle));
                break;
            case 5: await UseHandleAsync(handle => sqs.DeleteAsync(handle.Queue, handle.Handle)); break;
            case 6: await UseHandleAsync(handle => sqs.ChangeAsync(handle.Queue, handle.Handle, _random.Next(0, 100))); break;
            default: sqs.Clock.Advance(TimeSpan.FromMilliseconds(_random.Next(1, 40_000))); break;
        }
    }

    private Task<SentOnce> SendAsync(SqsQueue queue) => queue.IsFifo
        ? sqs.SendAsync(queue, $"b{_random.Next()}", $"g{_random.Next(4)}", $"d{_random.Next(20)}")
        : sqs.SendAsync(queue, $"b{_random.Next()}", delay: _random.Next(4) * 5);

    /// <summary>A handle may be too old for what is tried: that is the engine's to refuse.</summary>
    private async Task UseHandleAsync(Func<(SqsQueue Queue, ReceiptHandle Handle), Task<bool>> use)
    {
        if (_handles.Count == 0) return;
        try
        {
            await use(_handles[_random.Next(_handles.Count)]);
        }
        catch (SqsException)
        {
            // Refused: nothing has changed.
        }
    }
}
