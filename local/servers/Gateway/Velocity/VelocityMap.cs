namespace Gateway.Velocity;

/// <summary>A map that keeps the order in which its keys came, as Java's LinkedHashMap.</summary>
public sealed class VelocityMap : OrderedDictionary<string, object?>
{
    public VelocityMap()
        : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>One entry of a map, in a loop over <c>$map.entrySet()</c>.</summary>
internal sealed record MapEntry(string Key, object? Value) : IVelocityObject
{
    public object? Get(string name) => name switch { "key" => Key, "value" => Value, _ => null };

    public bool TryCall(string name, IReadOnlyList<object?> arguments, out object? result)
    {
        result = name switch { "getKey" => Key, "getValue" => Value, _ => null };
        return name is "getKey" or "getValue";
    }

    public override string ToString() => $"{Key}={JavaText.Of(Value)}";
}

internal static class Collections
{
    /// <summary>What <c>#foreach</c> goes over: the items of a list, the values of a map; null for anything else.</summary>
    public static IReadOnlyList<object?>? ItemsOf(object? value) => value switch
    {
        // A copy: the body may change the list that it walks.
        List<object?> list => [.. list],
        VelocityMap map => [.. map.Values],
        _ => null,
    };
}
