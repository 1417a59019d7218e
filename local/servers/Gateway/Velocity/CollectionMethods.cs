namespace Gateway.Velocity;

/// <summary>The methods of java.util.List and java.util.Map that a template can call.</summary>
internal static class CollectionMethods
{
    public static object? Call(List<object?> list, string name, List<object?> arguments) => (name, arguments) switch
    {
        ("size", []) => (long)list.Count,
        ("isEmpty", []) => list.Count == 0,
        ("get", [long at]) => list[Index(list, at)],
        ("contains", [var item]) => IndexOf(list, item) >= 0,
        ("containsAll", [List<object?> items]) => items.TrueForAll(item => IndexOf(list, item) >= 0),
        ("indexOf", [var item]) => (long)IndexOf(list, item),
        ("lastIndexOf", [var item]) => (long)list.FindLastIndex(each => Values.AreEqual(each, item)),
        ("subList", [long from, long to]) => list.GetRange((int)from, (int)(to - from)),
        ("add", [var item]) => Answer(true, () => list.Add(item)),
        ("add", [long at, var item]) => Answer(null, () => list.Insert((int)at, item)),
        ("addAll", [List<object?> items]) => Answer(items.Count > 0, () => list.AddRange([.. items])),
        ("set", [long at, var item]) => Answer(list[Index(list, at)], () => list[(int)at] = item),
        ("remove", [long at]) => Answer(list[Index(list, at)], () => list.RemoveAt((int)at)),
        ("remove", [var item]) => IndexOf(list, item) is >= 0 and var found && Answer(true, () => list.RemoveAt(found)) is true,
        ("clear", []) => Answer(null, list.Clear),
        _ => null,
    };

    public static object? Call(VelocityMap map, string name, List<object?> arguments) => (name, arguments) switch
    {
        ("size", []) => (long)map.Count,
        ("isEmpty", []) => map.Count == 0,
        ("get", [var key]) => map.GetValueOrDefault(JavaText.Of(key)),
        ("getOrDefault", [var key, var other]) => map.TryGetValue(JavaText.Of(key), out var found) ? found : other,
        ("containsKey", [var key]) => map.ContainsKey(JavaText.Of(key)),
        ("containsValue", [var value]) => map.Values.Any(each => Values.AreEqual(each, value)),
        ("keySet", []) => map.Keys.Select(key => (object?)key).ToList(),
        ("values", []) => map.Values.ToList(),
        ("entrySet", []) => map.Select(entry => (object?)new MapEntry(entry.Key, entry.Value)).ToList(),
        ("put", [var key, var value]) => Answer(map.GetValueOrDefault(JavaText.Of(key)), () => map[JavaText.Of(key)] = value),
        ("putAll", [VelocityMap others]) => Answer(null, () => others.ToList().ForEach(entry => map[entry.Key] = entry.Value)),
        ("remove", [var key]) => Answer(map.GetValueOrDefault(JavaText.Of(key)), () => map.Remove(JavaText.Of(key))),
        ("clear", []) => Answer(null, map.Clear),
        _ => null,
    };

    /// <summary>Changes a collection and answers what was found before.</summary>
    private static object? Answer(object? before, Action change)
    {
        change();
        return before;
    }

    private static int IndexOf(List<object?> list, object? item) => list.FindIndex(each => Values.AreEqual(each, item));

    private static int Index(List<object?> list, long at)
        => at >= 0 && at < list.Count ? (int)at : throw new InvalidOperationException($"index {at} is outside of a list of {list.Count}");
}

/// <summary>A map that keeps the order in which its keys came, as Java's LinkedHashMap.</summary>
internal class VelocityMap() : OrderedDictionary<string, object?>(StringComparer.Ordinal)
{
    public static VelocityMap Of(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var map = new VelocityMap();
        foreach (var (name, text) in texts) map[name] = text;
        return map;
    }
}

/// <summary>One entry of a map, in a loop over <c>$map.entrySet()</c>.</summary>
internal sealed record MapEntry(string Key, object? Value) : IVelocityObject
{
    public object? Get(string name) => name switch { "key" => Key, "value" => Value, _ => null };

    public object? Call(string name, IReadOnlyList<object?> arguments) => name switch { "getKey" => Key, "getValue" => Value, _ => null };

    public override string ToString() => $"{Key}={JavaText.Of(Value)}";
}
