using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.Velocity;

namespace Gateway.Mapping;

/// <summary>
/// The JSONPath that mapping templates use: <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[0]</c>, <c>[*]</c>, <c>.*</c> and
/// <c>..name</c>. A path that may match many gives a list; one that matches nothing gives null.
/// </summary>
internal static partial class JsonPath
{
    /// <summary>More parts than a body of the largest size has.</summary>
    private const int MaxVisited = 10_000_000;

    /// <exception cref="InvalidOperationException">The path is not one, or has a filter or a slice, which are not supported here.</exception>
    public static object? Find(object? root, string path)
    {
        IEnumerable<object?> found = [root];
        var many = false;
        if (!path.StartsWith('$')) throw Error(path);
        for (var at = 1; at < path.Length;)
        {
            var step = Step().Match(path, at);
            at += step.Success ? step.Length : throw Error(path);
            many |= step.Groups["all"].Success || step.Groups["deep"].Success;
            found = [.. found.SelectMany(value => Select(value, step))];
        }

        return many ? found.ToList() : found.FirstOrDefault();
    }

    private static InvalidOperationException Error(string path) => new($"'{path}' is not a JSONPath that is supported here");

    private static IEnumerable<object?> Select(object? value, Match step)
    {
        if (step.Groups["all"].Success) return Children(value);
        if (step.Groups["deep"] is { Success: true } deep) return Deep(value, deep.Value);
        if (step.Groups["name"] is { Success: true } name) return Member(value, name.Value);
        var index = int.Parse(step.Groups["index"].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return value is List<object?> list && (index < 0 ? list.Count + index : index) is var at && at >= 0 && at < list.Count ? [list[at]] : [];
    }

    private static IEnumerable<object?> Member(object? value, string name)
        => value is VelocityMap map && map.TryGetValue(name, out var found) ? [found] : [];

    private static IEnumerable<object?> Children(object? value) => value switch
    {
        VelocityMap map => map.Values,
        List<object?> list => list,
        _ => [],
    };

    private static List<object?> Deep(object? value, string name)
    {
        var (found, visited) = (new List<object?>(), 0);
        Visit(value, 0);
        return found;

        // What a template has put into itself has no end, and what it has put into itself twice has no end that anyone lives to see.
        void Visit(object? at, int depth)
        {
            if (depth > JavaText.MaxDepth || ++visited > MaxVisited) throw new InvalidOperationException("a value has too many levels or parts, or holds itself");
            found.AddRange(Member(at, name));
            foreach (var child in Children(at)) Visit(child, depth + 1);
        }
    }

    [GeneratedRegex(
        """\G(?:\.{1,2}(?<all>\*)(?=[.[]|$)|\.\.(?<deep>[^.[]+)|\.(?<name>[^.[]+)|\[\s*(?:(?<all>\*)|'(?<name>[^\]]*)'|"(?<name>[^\]]*)"|(?<index>-?[0-9]{1,9}))\s*\])""",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
