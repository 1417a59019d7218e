using System.Diagnostics.CodeAnalysis;

namespace Sqs.Engine;

/// <summary>Everything that the journal makes durable: what it writes as changes, and rebuilds at start.</summary>
internal sealed class EngineState
{
    private readonly Dictionary<(SqsAccount Account, string Name), SqsQueue> _byName = [];
    private readonly SortedDictionary<int, SqsQueue> _byId = [];
    private readonly Dictionary<string, SqsQueue> _byArn = [];
    private readonly Dictionary<string, SqsQueue> _shared = [];

    /// <summary>The last sequence number given.</summary>
    public long LastSequence { get; set; }

    public int LastQueueId { get; set; }

    /// <summary>In the order in which they were created.</summary>
    public IReadOnlyCollection<SqsQueue> Queues => _byId.Values;

    /// <summary>The most recent move tasks, oldest first.</summary>
    public List<MoveTask> MoveTasks { get; } = [];

    public long NextSequence() => ++LastSequence;

    /// <summary>An account's queue, or else the one of that name that all accounts share.</summary>
    public bool TryGet(SqsAccount account, string name, [NotNullWhen(true)] out SqsQueue? queue)
        => _byName.TryGetValue((account, name), out queue) || _shared.TryGetValue(name, out queue);

    /// <summary>An account's queue of that name in whatever region; the oldest, if there are several.</summary>
    public SqsQueue? FindInAnyRegion(string accountId, string name)
        => Queues.FirstOrDefault(queue => queue.Account.Id == accountId && queue.Name == name);

    /// <summary>The queues that an account sees, ascending by name.</summary>
    public IEnumerable<SqsQueue> Of(SqsAccount account, string prefix = "") => Queues
        .Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal) && TryGet(account, queue.Name, out var seen) && seen == queue).OrderBy(
            queue => queue.Name, StringComparer.Ordinal);

    /// <summary>Shows a queue to every account and region that has none of its name: those of templates are for all clients.</summary>
    public void Share(SqsQueue queue) => _shared[queue.Name] = queue;

    public SqsQueue? FindById(int id) => _byId.GetValueOrDefault(id);

    public SqsQueue? FindByArn(string arn) => _byArn.GetValueOrDefault(arn);

    public void Add(SqsQueue queue)
    {
        _byName.Add((queue.Account, queue.Name), queue);
        _byId.Add(queue.Id, queue);
        _byArn.Add(queue.Arn, queue);
        LastQueueId = Math.Max(LastQueueId, queue.Id);
    }

    /// <summary>Removes a queue and what is remembered of it: one that is created with the same name is a new one.</summary>
    public void Remove(SqsQueue queue)
    {
        MoveTasks.RemoveAll(task => task.SourceArn == queue.Arn);
        _byName.Remove((queue.Account, queue.Name));
        if (_shared.GetValueOrDefault(queue.Name) == queue) _shared.Remove(queue.Name);
        _byId.Remove(queue.Id);
        _byArn.Remove(queue.Arn);
    }

    /// <summary>Whether some queue names this one as its dead-letter queue.</summary>
    public IEnumerable<SqsQueue> SourcesOf(SqsQueue deadLetters)
        => Queues.Where(queue => queue.Settings.Redrive?.TargetArn == deadLetters.Arn).OrderBy(queue => queue.Name, StringComparer.Ordinal);
}
