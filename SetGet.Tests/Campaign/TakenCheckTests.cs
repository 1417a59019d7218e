using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Load;

namespace SetGet.Tests.Campaign;

/// <summary>What the checker finds of keys that are used as queues.</summary>
public sealed class TakenCheckTests
{
    private readonly CheckerHarness _f = new();

    [Fact]
    public void AnEventThatNobodyTook_IsLost()
    {
        var leased = _f.Store(Purpose.Leased);
        _f.LookAt(leased);
        _f.Broke(Rule.Lost);
    }

    [Fact]
    public void AnEventThatDidNotComeBackFromItsLease_IsLost()
    {
        var leased = _f.Store(Purpose.Leased);
        _f.Checker.Taken(_f.Begin(leased), [leased.Seen], CheckerHarness.Lease);
        _f.LookAt(leased);
        _f.Broke(Rule.Lost);
    }

    [Fact]
    public void AnEventThatComesBackAfterItsAcknowledgement_IsDoubled()
    {
        var leased = _f.Store(Purpose.Leased);
        _f.Checker.Taken(_f.Begin(leased), [leased.Seen], CheckerHarness.Lease);
        _f.Checker.Acknowledged([leased.Seen], isCertain: true);
        _f.Time.Advance(CheckerHarness.Lease);
        _f.Checker.Taken(_f.Begin(leased), [leased.Seen], CheckerHarness.Lease);
        _f.Broke(Rule.Doubled);
    }

    [Fact]
    public void AnAcknowledgementThatWasNotAnswered_LeavesBothOpen()
    {
        var leased = _f.Store(Purpose.Leased);
        _f.Checker.Taken(_f.Begin(leased), [leased.Seen], CheckerHarness.Lease);
        _f.Checker.Acknowledged([leased.Seen], isCertain: false);
        _f.Time.Advance(CheckerHarness.Lease);
        _f.Checker.Taken(_f.Begin(leased), [leased.Seen], CheckerHarness.Lease);
        _f.BrokeNothing();
    }

    [Fact]
    public void AnEventThatTwoHold_BreaksTheLease()
    {
        var leased = _f.Store(Purpose.Leased);
        _f.Checker.Taken(_f.Begin(leased), [leased.Seen], CheckerHarness.Lease);
        _f.Time.Advance(TimeSpan.FromSeconds(1));
        _f.Checker.Taken(_f.Begin(leased), [leased.Seen], CheckerHarness.Lease);
        _f.Broke(Rule.Lease);
    }
}
