namespace Sqs.Engine;

/// <summary>What a FIFO queue answers again when the same deduplication id comes a second time.</summary>
internal readonly record struct SentOnce(Guid MessageId, long Sequence, long SentAt);

/// <summary>The deduplication ids of a FIFO queue within SQS's five minutes.</summary>
internal sealed class Deduplication
{
    public const long WindowMilliseconds = 5 * 60 * 1000;
    private readonly Dictionary<string, SentOnce> _sent = [];
    private readonly Queue<(string Key, long SentAt)> _expiry = new();

    /// <summary>Oldest first, which is the order that <see cref="Add"/> needs.</summary>
    public IEnumerable<KeyValuePair<string, SentOnce>> Entries => _expiry
        .Where(entry => _sent.TryGetValue(entry.Key, out var sent) && sent.SentAt == entry.SentAt)
        .Select(entry => KeyValuePair.Create(entry.Key, _sent[entry.Key]));

    /// <summary>The key of an id: ids are compared within the queue, or within the group where the queue says so.</summary>
    public static string Key(string id, string? group, bool byGroup) => byGroup ? $"{group}\n{id}" : id;

    public SentOnce? Find(string key, long now)
    {
        Expire(now);
        return _sent.TryGetValue(key, out var sent) ? sent : null;
    }

    public void Add(string key, SentOnce sent)
    {
        _sent[key] = sent;
        _expiry.Enqueue((key, sent.SentAt));
    }

    public void Clear()
    {
        _sent.Clear();
        _sent.TrimExcess();
        _expiry.Clear();
        _expiry.TrimExcess();
    }

    /// <summary>Forgets the ids whose five minutes are over.</summary>
    public void Expire(long now)
    {
        while (_expiry.TryPeek(out var oldest) && oldest.SentAt + WindowMilliseconds <= now)
        {
            _expiry.Dequeue();
            if (_sent.TryGetValue(oldest.Key, out var sent) && sent.SentAt == oldest.SentAt) _sent.Remove(oldest.Key);
        }

        if (_sent.Count == 0 && _sent.Capacity > 4096) Clear();
    }
}
