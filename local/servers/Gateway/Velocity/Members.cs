using System.Globalization;
using System.Numerics;

namespace Gateway.Velocity;

/// <summary>Properties, indexes and methods of values. What a value has not is null, as API Gateway reads it.</summary>
internal static class Members
{
    public static object? Get(object owner, string name) => owner switch
    {
        IVelocityObject hosted => hosted.Get(name),
        VelocityMap map => map.GetValueOrDefault(name),
        string text when name == "empty" => text.Length == 0,
        List<object?> list when name == "empty" => list.Count == 0,
        _ => null,
    };

    public static object? GetIndex(object owner, object? index) => (owner, index) switch
    {
        (List<object?> list, long at) when at >= 0 && at < list.Count => list[(int)at],
        (List<object?>, long at) => throw new InvalidOperationException($"index {at} is outside of the list"),
        (VelocityMap map, not null) => map.GetValueOrDefault(JavaText.Of(index)),
        (IVelocityObject hosted, string name) => hosted.Get(name),
        _ => null,
    };

    public static bool TrySet(object owner, object? key, object? value)
    {
        switch (owner)
        {
            case VelocityMap map:
                map[JavaText.Of(key)] = value;
                return true;
            case List<object?> list when key is long at && at >= 0 && at < list.Count:
                list[(int)at] = value;
                return true;
            default:
                return false;
        }
    }

    public static object? Call(object owner, string name, List<object?> arguments)
    {
        if (owner is IVelocityObject hosted) return hosted.Call(name, arguments);
        if (name == "toString" && arguments.Count == 0) return JavaText.Of(owner);
        if (name == "equals" && arguments.Count == 1) return owner.GetType() == arguments[0]?.GetType() && Values.AreEqual(owner, arguments[0]);
        return owner switch
        {
            string text => StringMethods.Call(text, name, arguments),
            List<object?> list => CollectionMethods.Call(list, name, arguments),
            VelocityMap map => CollectionMethods.Call(map, name, arguments),
            bool truth when name == "booleanValue" => truth,
            long or double or BigInteger => CallNumber(owner, name, arguments),
            _ => null,
        };
    }

    private static object? CallNumber(object number, string name, List<object?> arguments) => (name, arguments.Count) switch
    {
        ("intValue" or "longValue", 0) => number is double fraction ? (long)fraction : Numbers.Shrink(Numbers.ToBig(number)),
        ("doubleValue" or "floatValue", 0) => Numbers.ToDouble(number),
        // Static in Java, and reached through any number: the way from text to a number in a template.
        ("parseInt" or "parseLong" or "valueOf", 1) => long.Parse(JavaText.Of(arguments[0]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        ("compareTo", 1) when Numbers.IsNumber(arguments[0]) => (long)Numbers.Compare(number, arguments[0]!),
        _ => null,
    };
}
