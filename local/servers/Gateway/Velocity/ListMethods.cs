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
        ("lastIndexOf", [var item]) => (long)list.FindLastIndex(each => Operators.AreEqual(each, item)),
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

    private static int IndexOf(List<object?> list, object? item) => list.FindIndex(each => Operators.AreEqual(each, item));

    private static int Index(List<object?> list, long at) =>
        at >= 0 && at < list.Count ? (int)at : throw new InvalidOperationException($"index {at} is outside of a list of {list.Count}");
}
