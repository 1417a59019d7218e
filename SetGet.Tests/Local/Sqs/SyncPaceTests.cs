using Aws.Sqs.Storage;

namespace SetGet.Tests.Local.Sqs;

/// <summary>How many operations a sync waits for.</summary>
public class SyncPaceTests
{
    [Fact]
    public void Wanted_OneCaller_IsOne()
    {
        var pace = new SyncPace();
        Assert.Equal(1, pace.Wanted);
        pace.Synced(covered: 1, arrived: 0);
        Assert.Equal(1, pace.Wanted);
    }

    [Fact]
    public void Wanted_ManyCallers_IsAThirdOfThemAndFallsWhenTheyLeave()
    {
        var pace = new SyncPace();
        pace.Synced(covered: 6, arrived: 10);
        Assert.Equal(5, pace.Wanted);
        for (var i = 0; i < 16; i++) pace.Synced(covered: 1, arrived: 0);
        Assert.Equal(1, pace.Wanted);
    }

    [Fact]
    public void Wanted_NobodyComesAnyMore_IsOneAtOnce()
    {
        var pace = new SyncPace();
        pace.Synced(covered: 8, arrived: 8);
        pace.Rest();
        Assert.Equal(1, pace.Wanted);
    }
}
