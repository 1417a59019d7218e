using System.Diagnostics;
using OpenTelemetry.Trace;
using SetGet.ServiceDefaults.Telemetry;

namespace SetGet.Tests.ServiceDefaults;

public sealed class TraceBudgetSamplerTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void ShouldSample_Burst_TakesFiveSecondsWorthThenNone()
    {
        var sampler = new TraceBudgetSampler(perSecond: 10, _clock);
        Assert.Equal(50, Recorded(sampler, 200));
    }

    [Fact]
    public void ShouldSample_AfterTheBurst_TakesWhatTimeAllows()
    {
        var sampler = new TraceBudgetSampler(perSecond: 10, _clock);
        Recorded(sampler, 200);
        _clock.Seconds += 2;
        Assert.Equal(20, Recorded(sampler, 200));
    }

    [Fact]
    public void ShouldSample_LongQuiet_SavesNoMoreThanABurst()
    {
        var sampler = new TraceBudgetSampler(perSecond: 10, _clock);
        _clock.Seconds += 3600;
        Assert.Equal(50, Recorded(sampler, 200));
    }

    [Fact]
    public void ShouldSample_ManyThreads_NeverExceedsTheBudget()
    {
        var sampler = new TraceBudgetSampler(perSecond: 10, _clock);
        var recorded = 0;
        Parallel.For(0, 8, _ => Interlocked.Add(ref recorded, Recorded(sampler, 100)));
        Assert.Equal(50, recorded);
    }

    private static int Recorded(TraceBudgetSampler sampler, int traces)
        => Enumerable.Range(0, traces).Count(_ =>
            sampler.ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), "GET", ActivityKind.Server)).Decision
            == SamplingDecision.RecordAndSample);

    private sealed class Clock : TimeProvider
    {
        internal long Seconds { get; set; } = 1;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => Seconds * TimestampFrequency;
    }
}
