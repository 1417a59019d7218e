namespace Gateway.Velocity;

/// <summary>
/// The names that a <c>#foreach</c> lends to its body: the loop variable, <c>$foreach</c>, <c>$velocityCount</c> and
/// <c>$velocityHasNext</c>. Afterwards they are what they were before.
/// </summary>
internal sealed class LoopScope(IDictionary<string, object?> variables, string variable, int count) : IVelocityObject, IDisposable
{
    private readonly string[] _names = [variable, "foreach", "velocityCount", "velocityHasNext"];
    private readonly Dictionary<string, object?> _before = new(variables);
    private int _index;

    public void MoveTo(int index, object? item)
    {
        _index = index;
        variables["foreach"] = this;
        variables[variable] = item;
        variables["velocityCount"] = index + 1L;
        variables["velocityHasNext"] = index + 1 < count;
    }

    public object? Get(string name) => name switch
    {
        "index" => (long)_index,
        "count" => _index + 1L,
        "hasNext" => _index + 1 < count,
        "first" => _index == 0,
        "last" => _index + 1 == count,
        "parent" => _before.GetValueOrDefault("foreach") as LoopScope,
        _ => null,
    };

    public object? Call(string name, IReadOnlyList<object?> arguments) => name == "hasNext" && arguments.Count == 0 ? Get(name) : null;

    public void Dispose()
    {
        foreach (var name in _names)
        {
            if (_before.TryGetValue(name, out var value)) variables[name] = value;
            else variables.Remove(name);
        }
    }
}
