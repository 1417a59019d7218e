using Microsoft.Extensions.Time.Testing;
using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Load;

namespace SetGet.Tests.Campaign;

/// <summary>The campaign's checker finds each way in which a promise can be broken, and accuses nobody who kept it.</summary>
public sealed class CheckerTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Plan _plan = new(7);
    private readonly Checker _checker;

    public CheckerTests() => _checker = new Checker(_plan, _time);

    [Fact]
    public void ACampaignInWhichAllIsWell_BreaksNothing()
    {
        var (kept, leased) = (Store(First(Purpose.Kept, keys: 2)), Store(First(Purpose.Leased)));
        foreach (var key in kept.Planned.Keys) _checker.Newest(Begin(kept, key), kept.Seen);
        _checker.Taken(Begin(leased), [leased.Seen], Lease);
        _checker.Acknowledged([leased.Seen], isCertain: true);
        var look = new LastLook(_checker, _plan);
        foreach (var key in kept.Planned.Keys) look.History(Begin(kept, key), [kept.Seen]);
        look.Events(Sent(kept, leased), new Dictionary<(string, string), int>());
        look.DeadLetters([new SeenDeadLetter("not-json", "bad")], new Dictionary<string, string> { ["bad"] = "not-json" }, new Dictionary<string, string>());
        Assert.Empty(_checker.Verdicts.Examples);
    }

    [Fact]
    public void AnEventThatIsNowhere_IsLost()
    {
        var kept = Store(First(Purpose.Kept));
        new LastLook(_checker, _plan).Events(Sent(kept), new Dictionary<(string, string), int>());
        Broke(Rule.Lost);
    }

    [Fact]
    public void AnEventThatNobodyTook_IsLost()
    {
        var leased = Store(First(Purpose.Leased));
        new LastLook(_checker, _plan).Events(Sent(leased), new Dictionary<(string, string), int>());
        Broke(Rule.Lost);
    }

    [Fact]
    public void AnEventThatDidNotComeBackFromItsLease_IsLost()
    {
        var leased = Store(First(Purpose.Leased));
        _checker.Taken(Begin(leased), [leased.Seen], Lease);
        new LastLook(_checker, _plan).Events(Sent(leased), new Dictionary<(string, string), int>());
        Broke(Rule.Lost);
    }

    [Fact]
    public void AnEventUnderSomeOfItsKeys_IsHalfStored()
    {
        var kept = Store(First(Purpose.Kept, keys: 2));
        var look = new LastLook(_checker, _plan);
        look.History(Begin(kept), [kept.Seen]);
        look.Events(Sent(kept), new Dictionary<(string, string), int>());
        Broke(Rule.HalfStored);
    }

    [Fact]
    public void AnEventThatIsThereTwice_IsDoubled()
    {
        var kept = Store(First(Purpose.Kept));
        _checker.Newest(Begin(kept), kept.Seen);
        _checker.Newest(Begin(kept), kept.Seen with { Id = Guid.CreateVersion7(), AcceptedAt = kept.Seen.AcceptedAt + 1, ExpiresAt = kept.Seen.ExpiresAt + 1 });
        Broke(Rule.Doubled);
    }

    [Fact]
    public void AnEventThatComesBackAfterItsAcknowledgement_IsDoubled()
    {
        var leased = Store(First(Purpose.Leased));
        _checker.Taken(Begin(leased), [leased.Seen], Lease);
        _checker.Acknowledged([leased.Seen], isCertain: true);
        _time.Advance(Lease);
        _checker.Taken(Begin(leased), [leased.Seen], Lease);
        Broke(Rule.Doubled);
    }

    [Fact]
    public void AnAcknowledgementThatWasNotAnswered_LeavesBothOpen()
    {
        var leased = Store(First(Purpose.Leased));
        _checker.Taken(Begin(leased), [leased.Seen], Lease);
        _checker.Acknowledged([leased.Seen], isCertain: false);
        _time.Advance(Lease);
        _checker.Taken(Begin(leased), [leased.Seen], Lease);
        Assert.Empty(_checker.Verdicts.Examples);
    }

    [Fact]
    public void AnEventThatTwoHold_BreaksTheLease()
    {
        var leased = Store(First(Purpose.Leased));
        _checker.Taken(Begin(leased), [leased.Seen], Lease);
        _time.Advance(TimeSpan.FromSeconds(1));
        _checker.Taken(Begin(leased), [leased.Seen], Lease);
        Broke(Rule.Lease);
    }

    [Fact]
    public void AnOlderEventThanBefore_IsStale()
    {
        var newer = Store(First(Purpose.Kept));
        var older = newer.Seen with { AcceptedAt = newer.Seen.AcceptedAt - 1, ExpiresAt = newer.Seen.ExpiresAt - 1 };
        _checker.Newest(Begin(newer), newer.Seen);
        _checker.Newest(Begin(newer), older);
        Broke(Rule.Stale);
    }

    [Fact]
    public void NothingWhereSomethingWas_IsStale()
    {
        var kept = Store(First(Purpose.Kept));
        _checker.Newest(Begin(kept), kept.Seen);
        _checker.Newest(Begin(kept), null);
        Broke(Rule.Stale);
    }

    [Fact]
    public void AnOlderEventForWhoeverAskedBefore_IsNotStale()
    {
        var kept = Store(First(Purpose.Kept));
        var early = Begin(kept);
        _checker.Newest(Begin(kept), kept.Seen);
        _checker.Newest(early, null);
        Assert.Empty(_checker.Verdicts.Examples);
    }

    [Fact]
    public void AHistoryOutOfOrder_IsFound()
    {
        var kept = Store(First(Purpose.Kept));
        _checker.Page(Begin(kept), [kept.Seen, kept.Seen with { AcceptedAt = kept.Seen.AcceptedAt - 1, ExpiresAt = kept.Seen.ExpiresAt - 1 }]);
        Broke(Rule.Order);
    }

    [Fact]
    public void AnEventAfterItsEnd_IsFound()
    {
        var brief = Store(First(Purpose.Short));
        _time.Advance(TimeSpan.FromMilliseconds(brief.Seen.ExpiresAt - _checker.Now));
        _checker.Newest(Begin(brief), brief.Seen);
        Broke(Rule.Expired);
    }

    [Fact]
    public void ATtlFromAnotherTime_IsFound()
    {
        var brief = Store(First(Purpose.Short));
        _checker.Newest(Begin(brief), brief.Seen with { ExpiresAt = brief.Seen.ExpiresAt + 40 });
        Broke(Rule.Ttl);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnEventOfAnotherAccountOrKey_HasCrossed(bool isAccount)
    {
        var kept = Store(First(Purpose.Kept));
        var other = Accounts.All.Single(account => account != kept.Planned.Account).Id;
        var reading = isAccount ? _checker.Begin(other, kept.Planned.Keys[0]) : _checker.Begin(kept.Planned.Account.Id, "kept-0-none");
        _checker.Newest(reading, kept.Seen);
        Broke(Rule.Crossed);
    }

    [Fact]
    public void ChangedData_IsFound()
    {
        var kept = Store(First(Purpose.Kept));
        _checker.Newest(Begin(kept), kept.Seen with { Data = kept.Seen.Data + "x" });
        Broke(Rule.Changed);
    }

    [Theory]
    [InlineData("unexplained", "not-json")]
    [InlineData("bad", "sender-unknown")]
    public void ADeadLetterOfAGoodMessage_OrWithAnotherReason_IsFound(string body, string reason)
    {
        new LastLook(_checker, _plan).DeadLetters(
            [new SeenDeadLetter(reason, body), new SeenDeadLetter("not-json", "bad")], new Dictionary<string, string> { ["bad"] = "not-json" }, new Dictionary<string, string>());
        Broke(Rule.DeadLetter);
    }

    [Fact]
    public void ABadMessageThatVanished_IsFound()
    {
        new LastLook(_checker, _plan).DeadLetters([], new Dictionary<string, string> { ["bad"] = "not-json" }, new Dictionary<string, string>());
        Broke(Rule.DeadLetter);
    }

    private (PlannedEvent Planned, SeenEvent Seen) Store(PlannedEvent planned)
    {
        var seen = new SeenEvent(Guid.CreateVersion7(), _checker.Now, _checker.Now + ((planned.TtlSeconds ?? Plan.DefaultTtlSeconds) * 1000L), planned.Data);
        _checker.Accepted(planned.Number, seen.Id);
        return (planned, seen);
    }

    private PlannedEvent First(Purpose purpose, int keys = 1) => Enumerable.Range(0, 1000).Select(number => _plan[number]).First(each => each.Purpose == purpose && each.Keys.Count == keys);

    private Reading Begin((PlannedEvent Planned, SeenEvent Seen) stored, string? key = null)
    {
        // An answer takes a moment: what comes after it is later.
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return _checker.Begin(stored.Planned.Account.Id, key ?? stored.Planned.Keys[0]);
    }

    private static int Sent(params (PlannedEvent Planned, SeenEvent Seen)[] stored) => stored.Max(each => each.Planned.Number) + 1;

    private void Broke(Rule rule)
    {
        Assert.Equal([rule], _checker.Verdicts.ByRule.Where(each => each.Broken > 0).Select(each => each.Rule));
        Assert.NotEmpty(_checker.Verdicts.Examples);
    }
}
