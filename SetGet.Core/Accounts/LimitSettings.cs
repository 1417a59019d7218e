using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace SetGet.Core.Accounts;

/// <summary>The limits of an account; 0: none. The defaults are bound from <c>SetGet:Limits</c>.</summary>
public sealed record LimitSettings
{
    /// <summary>The configuration section of the defaults.</summary>
    public const string Section = "SetGet:Limits";

    /// <summary>An event under each of its keys costs a write to Redis.</summary>
    public const int DefaultMaxKeysPerEvent = 1000;

    /// <summary>Set requests per second, over all API processes.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>Requests that may come at once after a pause; at least <see cref="RequestsPerSecond"/> where that is set.</summary>
    public int Burst { get; init; }

    /// <summary>Most webhook keys of one event. Default of the configuration: <see cref="DefaultMaxKeysPerEvent"/>.</summary>
    public int MaxKeysPerEvent { get; set; }

    /// <summary>Most live events; an event counts once under each of its keys.</summary>
    public long MaxLiveEvents { get; init; }

    /// <summary>Most live bytes of data; likewise.</summary>
    public long MaxLiveBytes { get; init; }

    internal bool NeedsRedis => RequestsPerSecond > 0 || MaxLiveEvents > 0 || MaxLiveBytes > 0;

    internal static RedisValue[] Fields { get; } = ["rate", "burst", "keys", "events", "bytes"];

    internal HashEntry[] ToEntries()
        => [new("rate", RequestsPerSecond), new("burst", Burst), new("keys", MaxKeysPerEvent), new("events", MaxLiveEvents), new("bytes", MaxLiveBytes)];

    internal static LimitSettings FromValues(RedisValue[] values) => new()
    {
        RequestsPerSecond = (int)values[0],
        Burst = (int)values[1],
        MaxKeysPerEvent = (int)values[2],
        MaxLiveEvents = (long)values[3],
        MaxLiveBytes = (long)values[4],
    };
}

internal sealed class LimitSettingsValidator : IValidateOptions<LimitSettings>
{
    public ValidateOptionsResult Validate(string? name, LimitSettings options)
    {
        var errors = new List<string>();
        Check(nameof(options.RequestsPerSecond), options.RequestsPerSecond);
        Check(nameof(options.Burst), options.Burst);
        Check(nameof(options.MaxKeysPerEvent), options.MaxKeysPerEvent);
        Check(nameof(options.MaxLiveEvents), options.MaxLiveEvents);
        Check(nameof(options.MaxLiveBytes), options.MaxLiveBytes);
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;

        void Check(string field, long value)
        {
            if (value < 0) errors.Add($"{LimitSettings.Section}:{field} is {value}: it must be 0 (no limit) or more.");
        }
    }
}
