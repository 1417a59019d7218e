using System.Diagnostics.CodeAnalysis;

namespace Aws.Sqs.Engine;

/// <summary>Region and account that the queues belong to.</summary>
internal sealed record SqsAccount(string Region, string Id)
{
    public string Arn(string queueName) => $"arn:aws:sqs:{Region}:{Id}:{queueName}";
}

/// <summary>Everything that the journal makes durable: what it writes as changes, and rebuilds at start.</summary>
internal sealed class EngineState
{
    private readonly SortedDictionary<string, SqsQueue> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, SqsQueue> _byId = [];
    private readonly Dictionary<string, SqsQueue> _byArn = [];

    /// <summary>The last sequence number given.</summary>
    public long LastSequence { get; set; }

    public int LastQueueId { get; set; }

    /// <summary>Ascending by name.</summary>
    public IReadOnlyCollection<SqsQueue> Queues => _byName.Values;

    /// <summary>The most recent move tasks, oldest first.</summary>
    public List<MoveTask> MoveTasks { get; } = [];

    public long NextSequence() => ++LastSequence;

    public bool TryGet(string name, [NotNullWhen(true)] out SqsQueue? queue) => _byName.TryGetValue(name, out queue);

    public SqsQueue? FindById(int id) => _byId.GetValueOrDefault(id);

    public SqsQueue? FindByArn(string arn) => _byArn.GetValueOrDefault(arn);

    public void Add(SqsQueue queue)
    {
        _byName.Add(queue.Name, queue);
        _byId.Add(queue.Id, queue);
        _byArn.Add(queue.Arn, queue);
        LastQueueId = Math.Max(LastQueueId, queue.Id);
    }

    public void Remove(SqsQueue queue)
    {
        _byName.Remove(queue.Name);
        _byId.Remove(queue.Id);
        _byArn.Remove(queue.Arn);
    }

    /// <summary>Whether some queue names this one as its dead-letter queue.</summary>
    public IEnumerable<SqsQueue> SourcesOf(SqsQueue deadLetters) =>
        Queues.Where(queue => queue.Settings.Redrive?.TargetArn == deadLetters.Arn);
}
