using System.Globalization;
using Gateway.Velocity;

namespace Gateway.Mapping;

/// <summary>
/// <c>$context</c>: what API Gateway knows of a request. Templates may set <c>requestOverride</c> and <c>responseOverride</c>;
/// what a request template sets, the response template reads.
/// </summary>
internal sealed class ContextVariables : VelocityMap
{
    public ContextVariables()
    {
        this["requestOverride"] = RequestOverride;
        this["responseOverride"] = ResponseOverride;
        this["identity"] = Identity;
        this["error"] = Error;
        this["integration"] = new VelocityMap();
    }

    public VelocityMap Identity { get; } = [];
    public VelocityMap Error { get; } = [];
    public VelocityMap RequestOverride { get; } = new() { ["path"] = new VelocityMap(), ["querystring"] = new VelocityMap(), ["header"] = new VelocityMap() };
    public VelocityMap ResponseOverride { get; } = new() { ["header"] = new VelocityMap() };

    /// <summary>Both forms of the time that the request came.</summary>
    public void SetTime(DateTimeOffset time)
    {
        this["requestTimeEpoch"] = time.ToUnixTimeMilliseconds();
        this["requestTime"] = time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture) + " +0000";
    }

    /// <summary>The value of a dotted name such as <c>identity.apiKeyId</c>; null where there is none.</summary>
    public object? Find(string dotted)
        => dotted.Split('.').Aggregate((object?)this, static (value, name) => (value as VelocityMap)?.GetValueOrDefault(name));
}
