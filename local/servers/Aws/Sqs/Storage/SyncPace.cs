namespace Aws.Sqs.Storage;

/// <summary>
/// How many operations the next sync should cover. A sync costs the same for one and for a hundred, so under load it is
/// worth waiting a little for more of them; alone, a caller never waits. A third of those that are at work now is the aim: the
/// others keep the processors busy while the disk writes.
/// </summary>
internal sealed class SyncPace
{
    /// <summary>How long callers that do not come are waited for, in milliseconds.</summary>
    public const int Patience = 1;

    private int _callers;

    /// <summary>A sync begins when so many operations wait for it.</summary>
    public int Wanted => Math.Max(1, _callers / 3);

    /// <summary>Notes a sync: how many operations it covered, and how many came meanwhile.</summary>
    public void Synced(int covered, int arrived) => _callers = Math.Max(covered + arrived, _callers - 1);

    /// <summary>Nobody is at work any more.</summary>
    public void Rest() => _callers = 0;
}
