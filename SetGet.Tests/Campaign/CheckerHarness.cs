using Microsoft.Extensions.Time.Testing;
using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Load;

namespace SetGet.Tests.Campaign;

/// <summary>A checker, a clock that stands, and events that it is told of.</summary>
internal sealed class CheckerHarness
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    internal CheckerHarness()
    {
        Checker = new Checker(Plan, Time);
        Look = new LastLook(Checker, Plan);
    }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    internal Plan Plan { get; } = new(7);

    internal Checker Checker { get; }

    internal LastLook Look { get; }

    /// <summary>The first event of the plan for this purpose, accepted now, as a reader would see it.</summary>
    internal Stored Store(Purpose purpose, int keys = 1)
    {
        var planned = Enumerable.Range(0, 1000).Select(number => Plan[number]).First(each => each.Purpose == purpose && each.Keys.Count == keys);
        var seen = new SeenEvent(Guid.CreateVersion7(), Checker.Now, Checker.Now + ((planned.TtlSeconds ?? Plan.DefaultTtlSeconds) * 1000L), planned.Data);
        Checker.Sending(planned.Number);
        Checker.Accepted(planned.Number, seen.Id);
        return new Stored(planned, seen);
    }

    internal Reading Begin(Stored stored, string? key = null)
    {
        // An answer takes a moment: what comes after it is later.
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return Checker.Begin(stored.Planned.Account.Id, key ?? stored.Planned.Keys[0]);
    }

    /// <summary>The last look at all events up to these.</summary>
    internal void LookAt(params Stored[] stored) => Look.Events(stored.Max(each => each.Planned.Number) + 1, new Dictionary<(string, string), int>());

    internal void LookAtDeadLetters(params SeenDeadLetter[] letters)
        => Look.DeadLetters(letters, new Dictionary<string, string> { ["bad"] = "not-json" }, new Dictionary<string, string>());

    /// <summary>Exactly this rule is broken.</summary>
    internal void Broke(Rule rule)
    {
        Assert.Equal([rule], Checker.Verdicts.ByRule.Where(each => each.Broken > 0).Select(each => each.Rule));
        Assert.NotEmpty(Checker.Verdicts.Examples);
    }

    internal void BrokeNothing() => Assert.Empty(Checker.Verdicts.Examples);

    internal sealed record Stored(PlannedEvent Planned, SeenEvent Seen);
}
