using Gateway.Definition;

namespace Gateway;

/// <summary>Finds the method of a path: literals before <c>{name}</c>, that before <c>{name+}</c>.</summary>
internal sealed class RouteTable
{
    private readonly IReadOnlyList<MethodDefinition> _methods;

    public RouteTable(IReadOnlyList<MethodDefinition> methods) => _methods = [.. methods.OrderBy(Rank, StringComparer.Ordinal)];

    /// <summary>The method and its path parameters, decoded; null where there is none.</summary>
    public (MethodDefinition Method, IReadOnlyDictionary<string, string> Parameters)? Find(string httpMethod, IReadOnlyList<string> segments)
    {
        foreach (var method in _methods)
        {
            if (method.HttpMethod != httpMethod && method.HttpMethod != "ANY") continue;
            if (Match(method.Segments, segments) is { } parameters) return (method, parameters);
        }

        return null;
    }

    private static string Rank(MethodDefinition method) => string.Concat(method.Segments.Select(segment => segment switch
    {
        ['{', .., '+', '}'] => '2',
        ['{', .., '}'] => '1',
        _ => '0',
    })) + (method.HttpMethod == "ANY" ? "b" : "a");

    private static Dictionary<string, string>? Match(IReadOnlyList<string> pattern, IReadOnlyList<string> segments)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < pattern.Count; index++)
        {
            if (pattern[index] is ['{', .. var greedy, '+', '}'] && segments.Count > index)
            {
                parameters[greedy] = string.Join('/', segments.Skip(index));
                return parameters;
            }

            if (index >= segments.Count) return null;
            if (pattern[index] is ['{', .. var name, '}']) parameters[name] = segments[index];
            else if (pattern[index] != segments[index]) return null;
        }

        return pattern.Count == segments.Count ? parameters : null;
    }
}
