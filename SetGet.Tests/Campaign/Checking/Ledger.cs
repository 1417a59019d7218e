using System.Collections.Concurrent;

namespace SetGet.Tests.Campaign.Checking;

/// <summary>What became of one event, as far as its sender and its readers know.</summary>
internal sealed class Entry
{
    private readonly HashSet<Guid> _ids = [];
    private int _underWay;

    /// <summary>Whether a 202 came: from then on it may not be lost.</summary>
    internal bool IsAccepted { get; private set; }

    /// <summary>Whether a request's fate is unknown: it may be stored, under an id that nobody was told.</summary>
    internal bool IsUncertain { get; private set; }

    /// <summary>The id under which it was read; null until it was.</summary>
    internal Guid? SeenAs { get; private set; }

    /// <summary>When an acknowledgement of it was answered. Epoch milliseconds; null until then.</summary>
    internal long? GoneAt { get; set; }

    /// <summary>Until when it is surely leased. Epoch milliseconds.</summary>
    internal long LeasedUntil { get; set; }

    /// <summary>When the answer came that leased it. Epoch milliseconds.</summary>
    internal long LeaseAnsweredAt { get; set; }

    /// <summary>Whether an acknowledgement may have been done, or not.</summary>
    internal bool IsAckUncertain { get; set; }

    /// <summary>Whether it was acknowledged, or may have been.</summary>
    internal bool IsSettled => GoneAt is not null || IsAckUncertain;

    /// <summary>A request is sent: what it becomes may be read before its answer comes.</summary>
    internal void Send() => _underWay++;

    internal void Accept(Guid id)
    {
        _underWay--;
        IsAccepted = true;
        _ids.Add(id);
    }

    internal void Doubt()
    {
        _underWay--;
        IsUncertain = true;
    }

    /// <summary>Notes that a reader saw it. Answers whether it may have this id: the one of before, and one that a sender was told, or will be.</summary>
    internal bool See(Guid id)
    {
        var isOne = SeenAs is null || SeenAs == id;
        SeenAs ??= id;
        return isOne && (_underWay > 0 || IsTold);
    }

    /// <summary>Whether it was read under an id that a sender was told, as far as senders were told.</summary>
    internal bool IsTold => SeenAs is not { } seen || IsUncertain || !IsAccepted || _ids.Contains(seen);
}

/// <summary>All events by number. Whoever uses an entry locks it.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<int, Entry> _entries = new();

    internal Entry this[int number] => _entries.GetOrAdd(number, _ => new Entry());

    internal int Count => _entries.Count;

    internal int Accepted => _entries.Values.Count(entry => entry.IsAccepted);
}
