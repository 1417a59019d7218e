using System.Globalization;
using Gateway.Velocity;

namespace Gateway.Mapping;

/// <summary>
/// <c>$context</c>: what API Gateway knows of a request. Templates may set <c>requestOverride</c> and <c>responseOverride</c>;
/// what a request template sets, the response template reads.
/// </summary>
internal sealed class ContextVariables : IVelocityObject
{
    private readonly VelocityMap _values = [];

    public ContextVariables()
    {
        _values["requestOverride"] = new VelocityMap { ["path"] = new VelocityMap(), ["querystring"] = new VelocityMap(), ["header"] = new VelocityMap() };
        _values["responseOverride"] = new VelocityMap { ["header"] = new VelocityMap() };
        _values["identity"] = new VelocityMap();
        _values["error"] = new VelocityMap();
        _values["integration"] = new VelocityMap();
    }

    public VelocityMap Identity => (VelocityMap)_values["identity"]!;

    public VelocityMap Error => (VelocityMap)_values["error"]!;

    public VelocityMap RequestOverride => (VelocityMap)_values["requestOverride"]!;

    public VelocityMap ResponseOverride => (VelocityMap)_values["responseOverride"]!;

    public object? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set => _values[name] = value;
    }

    /// <summary>Both forms of the time that the request came.</summary>
    public void SetTime(DateTimeOffset time)
    {
        _values["requestTimeEpoch"] = time.ToUnixTimeMilliseconds();
        _values["requestTime"] = time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture) + " +0000";
    }

    /// <summary>The value of a dotted name such as <c>identity.apiKeyId</c>; null where there is none.</summary>
    public object? Find(string dotted)
    {
        object? value = _values;
        foreach (var name in dotted.Split('.')) value = (value as VelocityMap)?.GetValueOrDefault(name);
        return value;
    }

    public object? Get(string name) => _values.GetValueOrDefault(name);

    public bool TryCall(string name, IReadOnlyList<object?> arguments, out object? result)
    {
        result = (name, arguments) is ("get", [string key]) ? Get(key) : null;
        return name == "get";
    }
}
