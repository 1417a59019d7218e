using System.Globalization;
using Gateway.Velocity;

namespace Gateway.Mapping;

/// <summary>
/// The JSONPath that mapping templates use: <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[0]</c>, <c>[*]</c>, <c>.*</c> and
/// <c>..name</c>. A path that may match many gives a list; one that matches nothing gives null.
/// </summary>
internal static class JsonPath
{
    /// <exception cref="InvalidOperationException">The path is not one, or has a filter or a slice, which are not supported here.</exception>
    public static object? Find(object? root, string path)
    {
        var at = path.StartsWith('$') ? 1 : throw Error(path);
        IReadOnlyList<object?> found = [root];
        var many = false;
        while (at < path.Length)
        {
            var step = ReadStep(path, ref at);
            many |= step.IsMany;
            found = [.. found.SelectMany(step.Select)];
        }

        return many ? found.ToList() : found.Count > 0 ? found[0] : null;
    }

    private static Step ReadStep(string path, ref int at)
    {
        if (path[at] == '[') return ReadBracket(path, ref at);
        if (path[at] != '.') throw Error(path);
        at++;
        var deep = at < path.Length && path[at] == '.';
        if (deep) at++;
        var start = at;
        while (at < path.Length && path[at] is not ('.' or '[')) at++;
        var name = path[start..at];
        if (name.Length == 0) throw Error(path);
        if (name == "*") return new Step(true, Children);
        return deep ? new Step(true, value => Deep(value, name)) : new Step(false, value => Member(value, name));
    }

    private static Step ReadBracket(string path, ref int at)
    {
        var end = path.IndexOf(']', at);
        if (end < 0) throw Error(path);
        var inside = path[(at + 1)..end].Trim();
        at = end + 1;
        if (inside == "*") return new Step(true, Children);
        if (inside.Length >= 2 && inside[0] is '\'' or '"' && inside[^1] == inside[0]) return new Step(false, value => Member(value, inside[1..^1]));
        if (!int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) throw Error(path);
        return new Step(false, value => Item(value, index));
    }

    private static IEnumerable<object?> Member(object? value, string name) =>
        value is VelocityMap map && map.TryGetValue(name, out var found) ? [found] : [];

    private static IEnumerable<object?> Item(object? value, int index)
    {
        if (value is not List<object?> list) return [];
        var at = index < 0 ? list.Count + index : index;
        return at >= 0 && at < list.Count ? [list[at]] : [];
    }

    private static IEnumerable<object?> Children(object? value) => value switch
    {
        VelocityMap map => map.Values,
        List<object?> list => list,
        _ => [],
    };

    private static IEnumerable<object?> Deep(object? value, string name) =>
        Member(value, name).Concat(Children(value).SelectMany(child => Deep(child, name)));

    private static InvalidOperationException Error(string path) => new($"'{path}' is not a JSONPath that is supported here");

    private readonly record struct Step(bool IsMany, Func<object?, IEnumerable<object?>> Select);
}
