namespace Gateway.Velocity;

/// <summary>The methods of java.util.List that a template can call.</summary>
internal static class ListMethods
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
        _ => Change(list, name, arguments),
    };

    private static object? Change(List<object?> list, string name, List<object?> arguments)
    {
        switch (name, arguments)
        {
            case ("add", [var item]):
                list.Add(item);
                return true;
            case ("add", [long at, var item]):
                list.Insert((int)at, item);
                return null;
            case ("addAll", [List<object?> items]):
                list.AddRange([.. items]);
                return items.Count > 0;
            case ("set", [long at, var item]):
                (var before, list[Index(list, at)]) = (list[Index(list, at)], item);
                return before;
            case ("remove", [long at]):
                var removed = list[Index(list, at)];
                list.RemoveAt((int)at);
                return removed;
            case ("remove", [var item]):
                return IndexOf(list, item) is >= 0 and var found && RemoveAt(list, found);
            case ("clear", []):
                list.Clear();
                return null;
            default:
                return null;
        }
    }

    private static bool RemoveAt(List<object?> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }

    private static int IndexOf(List<object?> list, object? item) => list.FindIndex(each => Values.AreEqual(each, item));

    private static int Index(List<object?> list, long at)
        => at >= 0 && at < list.Count ? (int)at : throw new InvalidOperationException($"index {at} is outside of a list of {list.Count}");
}

/// <summary>The methods of java.util.Map that a template can call.</summary>
internal static class MapMethods
{
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
        _ => Change(map, name, arguments),
    };

    /// <summary>put and remove answer what was there before.</summary>
    private static object? Change(VelocityMap map, string name, List<object?> arguments)
    {
        switch (name, arguments)
        {
            case ("put", [var key, var value]):
                var before = map.GetValueOrDefault(JavaText.Of(key));
                map[JavaText.Of(key)] = value;
                return before;
            case ("putAll", [VelocityMap others]):
                foreach (var (key, value) in others.ToList()) map[key] = value;
                return null;
            case ("remove", [var key]):
                var removed = map.GetValueOrDefault(JavaText.Of(key));
                map.Remove(JavaText.Of(key));
                return removed;
            case ("clear", []):
                map.Clear();
                return null;
            default:
                return null;
        }
    }
}

/// <summary>A map that keeps the order in which its keys came, as Java's LinkedHashMap.</summary>
internal class VelocityMap() : OrderedDictionary<string, object?>(StringComparer.Ordinal);

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
