using SetGet.Tests.Campaign.Load;

namespace SetGet.Tests.Campaign.Checking;

/// <summary>A dead letter, as far as it is checked.</summary>
internal sealed record SeenDeadLetter(string Reason, string Body);

/// <summary>What is checked once all is quiet: the queue is empty, and every key has been read to its end.</summary>
internal sealed class LastLook(Checker checker, Plan plan)
{
    private readonly Dictionary<int, int> _found = [];

    /// <summary>The whole history of a key.</summary>
    internal void History(Reading reading, IReadOnlyList<SeenEvent> history)
    {
        checker.Page(reading, history);
        foreach (var seen in history)
            if (Plan.Read(seen.Data) is { } read) _found[read.Number] = _found.GetValueOrDefault(read.Number) + 1;
        // Whatever order they came in: the newest by (acceptedAt, id) is the one that is answered.
        checker.Verdicts.Check(
            Rule.Stale, history.Count == 0 ? reading.Floor.Id is null : Checker.Compare(history[^1].Place, reading.Floor) >= 0,
            () => $"{reading.Account}/{reading.Key} ends before {reading.Floor}, which was read");
    }

    /// <summary>Nothing that was acknowledged is missing, and nothing is there in part.</summary>
    /// <param name="sent">How many events were begun.</param>
    /// <param name="uncertainTakes">Per account and key: how many events may be in answers to takes that never came.</param>
    internal void Events(int sent, IReadOnlyDictionary<(string Account, string Key), int> uncertainTakes)
    {
        var excused = new Dictionary<(string, string), int>(uncertainTakes);
        for (var number = 0; number < sent; number++)
        {
            var (planned, entry) = (plan[number], checker.Ledger[number]);
            checker.Verdicts.Check(Rule.Doubled, entry.IsTold, () => $"{planned.Number} was read as {entry.SeenAs}, which no sender was told");
            switch (planned.Purpose)
            {
                case Purpose.Kept: Kept(planned, entry); break;
                case Purpose.Leased when entry.IsAccepted:
                    // Taken is not enough: it may have been in a lease that nobody acknowledged.
                    checker.Verdicts.Check(
                        Rule.Lost, entry.IsSettled, () => $"{number} under {planned.Keys[0]} was never taken and acknowledged");
                    break;
                case Purpose.Taken when entry.IsAccepted: Taken(planned, entry, excused); break;
                default: break;
            }
        }
    }

    /// <summary>Bad messages are in the dead-letter queue as they were, and nothing else is.</summary>
    /// <param name="letters">All of them.</param>
    /// <param name="bad">The bad messages that SQS took, and the reason that each must have.</param>
    /// <param name="perhapsBad">Those of which SQS did not say whether it took them.</param>
    internal void DeadLetters(IReadOnlyList<SeenDeadLetter> letters, IReadOnlyDictionary<string, string> bad, IReadOnlyDictionary<string, string> perhapsBad)
    {
        foreach (var letter in letters)
        {
            var reason = bad.GetValueOrDefault(letter.Body) ?? perhapsBad.GetValueOrDefault(letter.Body);
            checker.Verdicts.Check(Rule.DeadLetter, reason == letter.Reason, () => $"{letter.Reason}: {letter.Body[..Math.Min(300, letter.Body.Length)]}");
        }

        var bodies = letters.Select(letter => letter.Body).ToHashSet(StringComparer.Ordinal);
        foreach (var body in bad.Keys) checker.Verdicts.Check(Rule.DeadLetter, bodies.Contains(body), () => $"no dead letter of {body}");
    }

    private void Kept(PlannedEvent planned, Entry entry)
    {
        var found = _found.GetValueOrDefault(planned.Number);
        var keys = planned.Keys.Count;
        if (entry.IsAccepted) checker.Verdicts.Check(Rule.Lost, found > 0, () => $"{planned.Number} under {string.Join(' ', planned.Keys)}, by {planned.Way}");
        if (found > 0) checker.Verdicts.Check(Rule.HalfStored, found >= keys, () => $"{planned.Number} is under {found} of its {keys} keys");
        checker.Verdicts.Check(Rule.Doubled, found <= keys, () => $"{planned.Number} is there {found} times, under {keys} keys");
    }

    // An answer that never came may have had it: whoever takes without a lease accepts that.
    private void Taken(PlannedEvent planned, Entry entry, Dictionary<(string, string), int> excused)
    {
        var place = (planned.Account.Id, planned.Keys[0]);
        if (entry.SeenAs is null && excused.GetValueOrDefault(place) is > 0 and var left) excused[place] = left - 1;
        else checker.Verdicts.Check(Rule.Lost, entry.SeenAs is not null, () => $"{planned.Number} under {planned.Keys[0]} was never taken");
    }
}
