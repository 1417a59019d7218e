using System.Collections.Concurrent;
using SetGet.Tests.Campaign.Load;

namespace SetGet.Tests.Campaign.Checking;

/// <summary>An event as a reader got it. Times are epoch milliseconds.</summary>
internal sealed record SeenEvent(Guid Id, long AcceptedAt, long ExpiresAt, string Data)
{
    /// <summary>Its place in the order of a webhook key. Ids compare as their text does.</summary>
    internal (long At, string Id) Place => (AcceptedAt, Id.ToString("D"));
}

/// <summary>A look at a webhook key that has begun.</summary>
internal sealed record Reading(string Account, string Key, long Began, (long At, string Id) Floor);

/// <summary>Checks, against everything that senders were told, everything that readers are told, while it happens.</summary>
internal sealed class Checker(Plan plan, TimeProvider time)
{
    private static readonly TimeSpan GuardTime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Account, string Key), (long At, string Id)> _newest = new();
    private long _clocksWrongUntil;

    internal Verdicts Verdicts { get; } = new(time);

    internal Ledger Ledger { get; } = new();

    internal long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A process's clock is wrong: what depends on the time of day is not checked for so long.</summary>
    internal void DoubtClocks(TimeSpan duration) => Interlocked.Exchange(ref _clocksWrongUntil, Now + (long)duration.TotalMilliseconds);

    internal bool ClocksAgree => Now > Interlocked.Read(ref _clocksWrongUntil);

    internal void Sending(int number)
    {
        var entry = Ledger[number];
        lock (entry) entry.Send();
    }

    internal void Accepted(int number, Guid id)
    {
        var entry = Ledger[number];
        lock (entry) entry.Accept(id);
    }

    /// <summary>A request failed in a way that leaves open whether its event is in the queue.</summary>
    internal void Uncertain(int number)
    {
        var entry = Ledger[number];
        lock (entry) entry.Doubt();
    }

    /// <summary>A read begins: it must answer nothing older than what reads that have ended by now answered.</summary>
    internal Reading Begin(string account, string key) => new(account, key, Now, _newest.GetValueOrDefault((account, key)));

    /// <summary>A read of the newest has ended, with nothing, or with this.</summary>
    internal void Newest(Reading reading, SeenEvent? seen)
    {
        if (seen is not null) See(reading, seen);
        if (!reading.Key.StartsWith("kept-", StringComparison.Ordinal) || (seen is null && reading.Floor.Id is null)) return;
        Verdicts.Check(
            Rule.Stale, seen is not null && Compare(seen.Place, reading.Floor) >= 0,
            () => $"{reading.Account}/{reading.Key} answered {seen?.Place}, an earlier read {reading.Floor}");
        if (seen is null) return;
        _newest.AddOrUpdate((reading.Account, reading.Key), seen.Place, (_, known) => Compare(known, seen.Place) > 0 ? known : seen.Place);
    }

    /// <summary>A page of a history, oldest first.</summary>
    internal void Page(Reading reading, IReadOnlyList<SeenEvent> page)
    {
        foreach (var seen in page) See(reading, seen);
        for (var i = 1; i < page.Count; i++)
        {
            var (before, after) = (page[i - 1].Place, page[i].Place);
            Verdicts.Check(Rule.Order, Compare(before, after) < 0, () => $"{reading.Account}/{reading.Key}: {before} stands before {after}");
        }
    }

    /// <summary>Events that were taken. Each must be nobody else's.</summary>
    /// <param name="reading">Of the key, before the request.</param>
    /// <param name="taken">What was answered.</param>
    /// <param name="lease">For how long; null: for good, but where Redis fails just then they come back once the guard time is over.</param>
    internal void Taken(Reading reading, IReadOnlyList<SeenEvent> taken, TimeSpan? lease)
    {
        var ended = Now;
        foreach (var seen in taken)
        {
            if (See(reading, seen) is not { } entry) continue;
            lock (entry)
            {
                var (goneAt, number) = (entry.GoneAt, Plan.Read(seen.Data)!.Value.Number);
                Verdicts.Check(Rule.Doubled, goneAt is null || goneAt > reading.Began, () => $"{number} under {reading.Key} was gone, and was taken again");
                if (ClocksAgree)
                {
                    var isHeld = entry.LeaseAnsweredAt < reading.Began && ended < entry.LeasedUntil && !entry.IsAckUncertain;
                    Verdicts.Check(Rule.Lease, !isHeld, () => $"{number} under {reading.Key} was taken {entry.LeasedUntil - ended} ms before its lease ended");
                }

                (entry.LeasedUntil, entry.LeaseAnsweredAt) = (reading.Began + (long)(lease ?? GuardTime).TotalMilliseconds, ended);
            }
        }
    }

    /// <summary>An acknowledgement was answered, with 204 or in a way that leaves open whether it was done.</summary>
    internal void Acknowledged(IReadOnlyList<SeenEvent> taken, bool isCertain)
    {
        foreach (var seen in taken)
        {
            if (Plan.Read(seen.Data) is not { } read) continue;
            var entry = Ledger[read.Number];
            lock (entry)
            {
                if (isCertain) entry.GoneAt ??= Now;
                else entry.IsAckUncertain = true;
            }
        }
    }

    internal static int Compare((long At, string Id) left, (long At, string Id) right)
        => left.At != right.At ? left.At.CompareTo(right.At) : string.CompareOrdinal(left.Id, right.Id);

    // What holds for any event that anybody is told of. Answers its entry, where it is one of the campaign's.
    private Entry? See(Reading reading, SeenEvent seen)
    {
        if (ClocksAgree)
            Verdicts.Check(Rule.Expired, seen.ExpiresAt > reading.Began, () => $"{seen.Id} under {reading.Key} was read {reading.Began - seen.ExpiresAt} ms after its end");
        var read = Plan.Read(seen.Data);
        var planned = read is null ? null : plan[read.Value.Number];
        Verdicts.Check(Rule.Changed, planned?.Data == seen.Data, () => $"{seen.Id} under {reading.Key} is {seen.Data[..Math.Min(60, seen.Data.Length)]}");
        if (planned is null) return null;
        Verdicts.Check(
            Rule.Crossed, planned.Account.Id == reading.Account && planned.Keys.Contains(reading.Key),
            () => $"{planned.Account.Id}'s {planned.Number} was read under {reading.Account}/{reading.Key}");
        var ttl = (planned.TtlSeconds ?? Plan.DefaultTtlSeconds) * 1000L;
        Verdicts.Check(Rule.Ttl, seen.ExpiresAt - seen.AcceptedAt == ttl, () => $"{planned.Number} lives {seen.ExpiresAt - seen.AcceptedAt} ms, not {ttl}");
        var entry = Ledger[planned.Number];
        lock (entry) Verdicts.Check(Rule.Doubled, entry.See(seen.Id), () => $"{planned.Number} was read as {seen.Id} and as {entry.SeenAs}");
        return entry;
    }
}
