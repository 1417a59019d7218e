using Sqs.Storage;

namespace Sqs.Engine;

/// <summary>Creates, finds, changes and deletes queues.</summary>
internal static class QueueRegistry
{
    public const int MaximumNameLength = 80;
    private const int MaximumTags = 50;

    /// <exception cref="SqsException">There is no such queue.</exception>
    public static SqsQueue Get(SqsEngine engine, SqsAccount account, string name)
        => engine.State.TryGet(account, name, out var queue) ? queue : throw SqsException.NoSuchQueue();

    /// <summary>Creates a queue, or gives the one that is there where its attributes are the same.</summary>
    /// <exception cref="SqsException">Name or attributes are refused, or the queue exists with others.</exception>
    public static SqsQueue Create(
        SqsEngine engine, SqsAccount account, string name, IReadOnlyDictionary<string, string> attributes,
        IReadOnlyDictionary<string, string> tags, long now)
    {
        var isFifo = bool.TryParse(attributes.GetValueOrDefault("FifoQueue"), out var fifo) && fifo;
        CheckName(name, isFifo);
        var existing = engine.State.TryGet(account, name, out var found) ? found : null;
        AttributeCheck.Check(engine, null, account.Arn(name), isFifo, attributes);
        if (existing is not null)
        {
            CheckSame(existing, attributes);
            return existing;
        }

        if (attributes.ContainsKey("FifoQueue") && !isFifo)
            throw SqsError.InvalidAttributeName.With("Unknown Attribute FifoQueue.");
        var settings = new QueueSettings(new Dictionary<string, string>()).With(attributes);
        var queue = new SqsQueue(engine.State.LastQueueId + 1, account, name, settings, now);
        AddTags(queue, tags);
        engine.State.Add(queue);
        Put(engine, queue);
        return queue;
    }

    public static void Delete(SqsEngine engine, SqsQueue queue)
    {
        SqsEngine.EndWaits(queue);
        queue.Timer?.Dispose();
        foreach (var task in engine.State.MoveTasks.Where(task => task.SourceArn == queue.Arn)) task.Stop();
        engine.State.Remove(queue);
        engine.Journal?.Append(to => Records.OfQueue(to, RecordKind.QueueDeleted, queue));
    }

    public static void SetAttributes(SqsEngine engine, SqsQueue queue, IReadOnlyDictionary<string, string> attributes, long now)
    {
        AttributeCheck.Check(engine, queue, queue.Arn, queue.IsFifo, attributes);
        var oldDelay = queue.Settings.DelaySeconds;
        queue.Settings = queue.Settings.With(attributes);
        queue.ModifiedAt = now;
        if (queue.IsFifo && oldDelay != queue.Settings.DelaySeconds) Redelay(queue, now);
        Put(engine, queue);
        engine.Touch(queue);
    }

    /// <summary>Drops all messages.</summary>
    public static void Purge(SqsEngine engine, SqsQueue queue)
    {
        Empty(queue);
        engine.Journal?.Append(to => Records.OfQueue(to, RecordKind.Purged, queue));
    }

    /// <summary>Drops all messages and what is remembered of them. The journal's replay comes this way too.</summary>
    public static void Empty(SqsQueue queue)
    {
        while (queue.Messages.Oldest is { } message) queue.Messages.Remove(message);
        queue.Deduplication.Clear();
    }

    public static void Tag(SqsEngine engine, SqsQueue queue, IReadOnlyDictionary<string, string> tags)
    {
        AddTags(queue, tags);
        Put(engine, queue);
    }

    public static void Untag(SqsEngine engine, SqsQueue queue, string[] keys)
    {
        if (keys.Length == 0) throw SqsError.InvalidParameterValue.With("Tag keys must be between 1 and 128 characters in length.");
        foreach (var key in keys) queue.Tags.Remove(key);
        Put(engine, queue);
    }

    /// <summary>The attributes asked for by name, or all of them for <c>All</c>.</summary>
    /// <exception cref="SqsException">A name is unknown.</exception>
    public static Dictionary<string, string> GetAttributes(SqsQueue queue, IReadOnlyList<string> names, long now)
    {
        queue.Expire(now);
        queue.Messages.Promote(now);
        if (names.FirstOrDefault(name => name != "All" && !AttributeCheck.IsKnown(name)) is { } unknown)
            throw SqsError.InvalidAttributeName.With($"Unknown Attribute {unknown}.");
        var wanted = names.Contains("All", StringComparer.Ordinal) ? [.. AttributeCheck.Computed.Keys, .. AttributeCheck.Settable] : names;
        var values = new Dictionary<string, string>();
        foreach (var name in wanted)
            if (Value(queue, name) is { } value && !(name == "FifoQueue" && !queue.IsFifo)) values[name] = value;
        return values;
    }

    private static void Put(SqsEngine engine, SqsQueue queue) => engine.Journal?.Append(to => Records.QueuePut(to, queue));

    private static string? Value(SqsQueue queue, string name)
        => AttributeCheck.Computed.TryGetValue(name, out var computed) ? computed(queue) : queue.Settings.Effective(name);

    private static void CheckName(string name, bool isFifo)
    {
        var stem = name.EndsWith(".fifo", StringComparison.Ordinal) ? name[..^5] : name;
        var legal = name.Length <= MaximumNameLength && stem.Length > 0 && stem.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        if (legal && isFifo == stem.Length < name.Length) return;
        throw SqsError.InvalidParameterValue.With(isFifo
            ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length"
            : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
    }

    private static void CheckSame(SqsQueue queue, IReadOnlyDictionary<string, string> attributes)
    {
        var wanted = queue.Settings.With(attributes);
        foreach (var name in attributes.Keys)
        {
            if (queue.Settings.Effective(name) != wanted.Effective(name))
                throw SqsError.QueueNameExists.With($"A queue already exists with the same name and a different value for attribute {name}");
        }
    }

    private static void AddTags(SqsQueue queue, IReadOnlyDictionary<string, string> tags)
    {
        if (queue.Tags.Keys.Union(tags.Keys).Count() > MaximumTags)
            throw SqsError.InvalidParameterValue.With($"Too many tags added for queue {queue.Name}.");
        foreach (var (key, value) in tags) queue.Tags[key] = value;
    }

    /// <summary>A FIFO queue's new delay holds for the messages that are delayed already.</summary>
    private static void Redelay(SqsQueue queue, long now)
    {
        foreach (var message in queue.Messages.All().Where(message => message.State == MessageState.Delayed).ToList())
            queue.Messages.Reschedule(message, message.SentAt + (queue.Settings.DelaySeconds * 1000L), now);
    }
}
