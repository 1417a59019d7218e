using OpenTelemetry.Trace;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>
/// Records every trace that begins here, up to so many a second; of more, none but those. The exporter's queue would drop
/// them anyway, at the very end, after all the work. A bucket of tokens: what a quiet time leaves over, a burst may use.
/// </summary>
internal sealed class TraceBudgetSampler(int perSecond, TimeProvider timeProvider) : Sampler
{
    private const int BurstSeconds = 5;

    private readonly long _ticksPerTrace = timeProvider.TimestampFrequency / perSecond;
    private readonly long _burstTicks = timeProvider.TimestampFrequency * BurstSeconds;

    // The moment from which on the bucket would be empty: one number, so that requests need not wait for each other.
    private long _spentUntil = timeProvider.GetTimestamp() - (timeProvider.TimestampFrequency * BurstSeconds);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var now = timeProvider.GetTimestamp();
        while (true)
        {
            var spent = Volatile.Read(ref _spentUntil);
            var next = Math.Max(spent, now - _burstTicks) + _ticksPerTrace;
            if (next > now)
                return new SamplingResult(SamplingDecision.Drop);
            if (Interlocked.CompareExchange(ref _spentUntil, next, spent) == spent)
                return new SamplingResult(SamplingDecision.RecordAndSample);
        }
    }
}
