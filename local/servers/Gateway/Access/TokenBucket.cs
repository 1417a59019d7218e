using Gateway.Definition;

namespace Gateway.Access;

/// <summary>Lets through <see cref="Throttle.Rate"/> requests a second, and <see cref="Throttle.Burst"/> at once.</summary>
internal sealed class TokenBucket
{
    private readonly Throttle _throttle;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private double _tokens;
    private long _filledAt;

    public TokenBucket(Throttle throttle, TimeProvider time)
    {
        _throttle = throttle;
        _time = time;
        _tokens = throttle.Burst;
        _filledAt = time.GetTimestamp();
    }

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            _tokens = Math.Min(_throttle.Burst, _tokens + (_time.GetElapsedTime(_filledAt, now).TotalSeconds * _throttle.Rate));
            _filledAt = now;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }
}

/// <summary>Counts requests within a day, a week or a month of UTC.</summary>
internal sealed class QuotaMeter
{
    private readonly Quota _quota;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private DateTime _period;
    private long _used;

    public QuotaMeter(Quota quota, TimeProvider time)
    {
        _quota = quota;
        _time = time;
    }

    public bool TryTake()
    {
        lock (_lock)
        {
            var period = Begin(_time.GetUtcNow().UtcDateTime.Date);
            if (period != _period) (_period, _used) = (period, 0);
            if (_used >= _quota.Limit) return false;
            _used++;
            return true;
        }
    }

    private DateTime Begin(DateTime day) => _quota.Period switch
    {
        "MONTH" => new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        "WEEK" => day.AddDays(-(int)day.DayOfWeek),
        _ => day,
    };
}
