using System.Diagnostics.CodeAnalysis;
using Gateway.Definition;

namespace Gateway.Access;

/// <summary>An API key that the command line gives a value: <c>NAME=VALUE</c> or <c>NAME=VALUE:ID</c>.</summary>
/// <param name="Name">The logical id of an <c>AWS::ApiGateway::ApiKey</c> of the template, or any other name for a key of its own.</param>
/// <param name="Value">What a client sends in <c>X-Api-Key</c>.</param>
/// <param name="Id">The key's id; by default the name.</param>
public sealed record GivenApiKey(string Name, string Value, string Id)
{
    /// <summary>False where the text is not of the form.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out GivenApiKey? key)
    {
        key = null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || equals == text.Length - 1) return false;
        var (name, value) = (text[..equals], text[(equals + 1)..]);
        var colon = value.LastIndexOf(':');
        if (colon == 0 || colon == value.Length - 1) return false;
        key = colon < 0 ? new GivenApiKey(name, value, name) : new GivenApiKey(name, value[..colon], value[(colon + 1)..]);
        return true;
    }
}

/// <summary>
/// The keys of one stage with their usage plans. A key of the template is in the plans that it is bound to; a key that only
/// the command line knows is in the stage's first plan. A key in no plan is refused, as API Gateway does.
/// </summary>
internal sealed class ApiKeys
{
    private readonly Dictionary<string, Entry> _byValue = new(StringComparer.Ordinal);

    public ApiKeys(RestApi api, IReadOnlyList<GivenApiKey> given, TimeProvider time)
    {
        foreach (var declared in api.ApiKeys)
        {
            var own = given.FirstOrDefault(key => key.Name == declared.LogicalId);
            if ((own?.Value ?? declared.Value) is not { } value) continue;
            Add(own?.Id ?? declared.Id, value, api.UsagePlans.FirstOrDefault(plan => plan.KeyIds.Contains(declared.Id)), time);
        }

        foreach (var key in given.Where(key => api.ApiKeys.All(declared => declared.LogicalId != key.Name)))
            Add(key.Id, key.Value, api.UsagePlans.Count > 0 ? api.UsagePlans[0] : new UsagePlan("", [], null, null), time);
    }

    /// <summary>Looks the key up, and takes one request from its plan.</summary>
    /// <returns>The gateway response that refuses the request, or null.</returns>
    public string? Check(string? value, out string? id)
    {
        id = null;
        if (string.IsNullOrEmpty(value) || !_byValue.TryGetValue(value, out var entry)) return "INVALID_API_KEY";
        id = entry.Id;
        if (entry.Bucket is { } bucket && !bucket.TryTake()) return "THROTTLED";
        return entry.Meter is { } meter && !meter.TryTake() ? "QUOTA_EXCEEDED" : null;
    }

    private void Add(string id, string value, UsagePlan? plan, TimeProvider time)
    {
        if (plan is null) return;
        var bucket = plan.Throttle is { } throttle ? new TokenBucket(throttle, time) : null;
        _byValue[value] = new Entry(id, bucket, plan.Quota is { } quota ? new QuotaMeter(quota, time) : null);
    }

    private sealed record Entry(string Id, TokenBucket? Bucket, QuotaMeter? Meter);
}

/// <summary>Lets through <see cref="Throttle.Rate"/> requests a second, and <see cref="Throttle.Burst"/> at once.</summary>
internal sealed class TokenBucket(Throttle throttle, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _tokens = throttle.Burst;
    private long _filledAt = time.GetTimestamp();

    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(throttle.Burst, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * throttle.Rate));
            _filledAt = now;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }
}

/// <summary>Counts requests within a day, a week or a month of UTC.</summary>
internal sealed class QuotaMeter(Quota quota, TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTime _period;
    private long _used;

    public bool TryTake()
    {
        lock (_lock)
        {
            var period = Begin(time.GetUtcNow().UtcDateTime.Date);
            if (period != _period) (_period, _used) = (period, 0);
            if (_used >= quota.Limit) return false;
            _used++;
            return true;
        }
    }

    private DateTime Begin(DateTime day) => quota.Period switch
    {
        "MONTH" => new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        "WEEK" => day.AddDays(-(int)day.DayOfWeek),
        _ => day,
    };
}
