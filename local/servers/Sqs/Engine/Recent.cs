using System.Diagnostics.CodeAnalysis;

namespace Sqs.Engine;

/// <summary>What a FIFO queue answers again when the same deduplication id comes a second time.</summary>
internal readonly record struct SentOnce(Guid MessageId, long Sequence, long SentAt);

/// <summary>Values by key that are forgotten after five minutes.</summary>
internal sealed class Recent<T>
{
    private const long Window = 5 * 60 * 1000;
    private const int TrimmedCapacity = 4096;
    private readonly Dictionary<string, (T Value, long At)> _values = [];
    private readonly Queue<(string Key, long At)> _order = new();

    /// <summary>Oldest first, which is the order that <see cref="Add"/> needs.</summary>
    public IEnumerable<KeyValuePair<string, T>> Entries => _order.Where(IsCurrent).Select(entry => KeyValuePair.Create(entry.Key, _values[entry.Key].Value));

    public bool TryGet(string key, long now, [MaybeNullWhen(false)] out T value)
    {
        Expire(now);
        var found = _values.TryGetValue(key, out var entry);
        value = entry.Value;
        return found;
    }

    public void Add(string key, T value, long at)
    {
        Expire(at);
        _values[key] = (value, at);
        _order.Enqueue((key, at));
    }

    public void Clear()
    {
        _values.Clear();
        _values.TrimExcess();
        _order.Clear();
        _order.TrimExcess();
    }

    public void Expire(long now)
    {
        while (_order.TryPeek(out var oldest) && oldest.At + Window <= now)
        {
            if (IsCurrent(oldest)) _values.Remove(oldest.Key);
            _order.Dequeue();
        }

        if (_values.Count == 0 && _values.Capacity > TrimmedCapacity) Clear();
    }

    /// <summary>Of a key that came twice within the window, the later one counts.</summary>
    private bool IsCurrent((string Key, long At) entry) => _values.TryGetValue(entry.Key, out var value) && value.At == entry.At;
}
