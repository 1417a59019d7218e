using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Load;

namespace SetGet.Tests.Campaign;

/// <summary>The campaign's checker finds each way in which a promise can be broken, and accuses nobody who kept it.</summary>
public sealed class CheckerTests
{
    private readonly CheckerHarness _f = new();

    [Fact]
    public void ACampaignInWhichAllIsWell_BreaksNothing()
    {
        var (kept, leased) = (_f.Store(Purpose.Kept, keys: 2), _f.Store(Purpose.Leased));
        foreach (var key in kept.Planned.Keys) _f.Checker.Newest(_f.Begin(kept, key), kept.Seen);
        _f.Checker.Taken(_f.Begin(leased), [leased.Seen], CheckerHarness.Lease);
        _f.Checker.Acknowledged([leased.Seen], isCertain: true);
        foreach (var key in kept.Planned.Keys) _f.Look.History(_f.Begin(kept, key), [kept.Seen]);
        _f.LookAt(kept, leased);
        _f.LookAtDeadLetters(new SeenDeadLetter("not-json", "bad"));
        _f.BrokeNothing();
    }

    [Fact]
    public void AnEventThatIsNowhere_IsLost()
    {
        var kept = _f.Store(Purpose.Kept);
        _f.LookAt(kept);
        _f.Broke(Rule.Lost);
    }

    [Fact]
    public void AnEventUnderSomeOfItsKeys_IsHalfStored()
    {
        var kept = _f.Store(Purpose.Kept, keys: 2);
        _f.Look.History(_f.Begin(kept), [kept.Seen]);
        _f.LookAt(kept);
        _f.Broke(Rule.HalfStored);
    }

    [Fact]
    public void AnEventThatIsThereTwice_IsDoubled()
    {
        var kept = _f.Store(Purpose.Kept);
        _f.Checker.Newest(_f.Begin(kept), kept.Seen);
        _f.Checker.Newest(_f.Begin(kept), kept.Seen with { Id = Guid.CreateVersion7(), AcceptedAt = kept.Seen.AcceptedAt + 1, ExpiresAt = kept.Seen.ExpiresAt + 1 });
        _f.Broke(Rule.Doubled);
    }

    [Fact]
    public void AnEventThatIsReadBeforeItsSecondSendersAnswer_IsOne()
    {
        var kept = _f.Store(Purpose.Kept);
        var second = kept.Seen with { Id = Guid.CreateVersion7() };
        _f.Checker.Sending(kept.Planned.Number);
        // The worker took the second first: its id is the event's.
        _f.Checker.Newest(_f.Begin(kept), second);
        _f.Checker.Accepted(kept.Planned.Number, second.Id);
        _f.Look.History(_f.Begin(kept), [second]);
        _f.LookAt(kept);
        _f.BrokeNothing();
    }

    [Fact]
    public void AnEventUnderAnIdThatNobodyWasTold_IsDoubled()
    {
        var kept = _f.Store(Purpose.Kept);
        var other = kept.Seen with { Id = Guid.CreateVersion7() };
        _f.Checker.Sending(kept.Planned.Number);
        _f.Checker.Newest(_f.Begin(kept), other);
        _f.Checker.Accepted(kept.Planned.Number, kept.Seen.Id);
        _f.Look.History(_f.Begin(kept), [other]);
        _f.LookAt(kept);
        _f.Broke(Rule.Doubled);
    }

    [Fact]
    public void AnOlderEventThanBefore_IsStale()
    {
        var newer = _f.Store(Purpose.Kept);
        var older = newer.Seen with { AcceptedAt = newer.Seen.AcceptedAt - 1, ExpiresAt = newer.Seen.ExpiresAt - 1 };
        _f.Checker.Newest(_f.Begin(newer), newer.Seen);
        _f.Checker.Newest(_f.Begin(newer), older);
        _f.Broke(Rule.Stale);
    }

    [Fact]
    public void NothingWhereSomethingWas_IsStale()
    {
        var kept = _f.Store(Purpose.Kept);
        _f.Checker.Newest(_f.Begin(kept), kept.Seen);
        _f.Checker.Newest(_f.Begin(kept), null);
        _f.Broke(Rule.Stale);
    }

    [Fact]
    public void AnOlderEventForWhoeverAskedBefore_IsNotStale()
    {
        var kept = _f.Store(Purpose.Kept);
        var early = _f.Begin(kept);
        _f.Checker.Newest(_f.Begin(kept), kept.Seen);
        _f.Checker.Newest(early, null);
        _f.BrokeNothing();
    }

    [Fact]
    public void AHistoryOutOfOrder_IsFound()
    {
        var kept = _f.Store(Purpose.Kept);
        _f.Checker.Page(_f.Begin(kept), [kept.Seen, kept.Seen with { AcceptedAt = kept.Seen.AcceptedAt - 1, ExpiresAt = kept.Seen.ExpiresAt - 1 }]);
        _f.Broke(Rule.Order);
    }

    [Fact]
    public void AnEventAfterItsEnd_IsFound()
    {
        var brief = _f.Store(Purpose.Short);
        _f.Time.Advance(TimeSpan.FromMilliseconds(brief.Seen.ExpiresAt - _f.Checker.Now));
        _f.Checker.Newest(_f.Begin(brief), brief.Seen);
        _f.Broke(Rule.Expired);
    }

    [Fact]
    public void ATtlFromAnotherTime_IsFound()
    {
        var brief = _f.Store(Purpose.Short);
        _f.Checker.Newest(_f.Begin(brief), brief.Seen with { ExpiresAt = brief.Seen.ExpiresAt + 40 });
        _f.Broke(Rule.Ttl);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnEventOfAnotherAccountOrKey_HasCrossed(bool isAccount)
    {
        var kept = _f.Store(Purpose.Kept);
        var other = Accounts.All.Single(account => account != kept.Planned.Account).Id;
        var reading = isAccount ? _f.Checker.Begin(other, kept.Planned.Keys[0]) : _f.Checker.Begin(kept.Planned.Account.Id, "kept-0-none");
        _f.Checker.Newest(reading, kept.Seen);
        _f.Broke(Rule.Crossed);
    }

    [Fact]
    public void ChangedData_IsFound()
    {
        var kept = _f.Store(Purpose.Kept);
        _f.Checker.Newest(_f.Begin(kept), kept.Seen with { Data = kept.Seen.Data + "x" });
        _f.Broke(Rule.Changed);
    }

    [Theory]
    [InlineData("unexplained", "not-json")]
    [InlineData("bad", "sender-unknown")]
    public void ADeadLetterOfAGoodMessage_OrWithAnotherReason_IsFound(string body, string reason)
    {
        _f.LookAtDeadLetters(new SeenDeadLetter(reason, body), new SeenDeadLetter("not-json", "bad"));
        _f.Broke(Rule.DeadLetter);
    }

    [Fact]
    public void ABadMessageThatVanished_IsFound()
    {
        _f.LookAtDeadLetters();
        _f.Broke(Rule.DeadLetter);
    }
}
