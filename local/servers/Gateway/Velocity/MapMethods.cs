namespace Gateway.Velocity;

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
        ("containsValue", [var value]) => map.Values.Any(each => Operators.AreEqual(each, value)),
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
