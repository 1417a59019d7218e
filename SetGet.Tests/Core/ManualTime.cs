namespace SetGet.Tests.Core;

/// <summary>A clock that stands still until a test turns it. Timers are the system's.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(System.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    /// <summary>Epoch milliseconds.</summary>
    public long Now => GetUtcNow().ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by)
    {
        lock (_lock) _now += by;
    }

    public void AdvanceTo(long epochMilliseconds)
    {
        lock (_lock) _now = DateTimeOffset.FromUnixTimeMilliseconds(epochMilliseconds);
    }
}
