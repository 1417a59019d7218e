namespace Gateway.Velocity;

/// <summary>
/// The names that a <c>#foreach</c> lends to its body: the loop variable, <c>$foreach</c>, <c>$velocityCount</c> and
/// <c>$velocityHasNext</c>. Afterwards they are what they were before.
/// </summary>
internal sealed class LoopScope : IVelocityObject, IDisposable
{
    private readonly IDictionary<string, object?> _variables;
    private readonly Dictionary<string, object?> _before = new(StringComparer.Ordinal);
    private readonly string _variable;
    private readonly int _count;
    private readonly LoopScope? _parent;
    private int _index;

    public LoopScope(IDictionary<string, object?> variables, string variable, int count)
    {
        _variables = variables;
        _variable = variable;
        _count = count;
        foreach (var name in Names)
        {
            if (variables.TryGetValue(name, out var value)) _before[name] = value;
        }

        _parent = _before.GetValueOrDefault("foreach") as LoopScope;
        variables["foreach"] = this;
    }

    private string[] Names => [_variable, "foreach", "velocityCount", "velocityHasNext"];

    public void MoveTo(int index, object? item)
    {
        _index = index;
        _variables[_variable] = item;
        _variables["velocityCount"] = index + 1L;
        _variables["velocityHasNext"] = index + 1 < _count;
    }

    public object? Get(string name) => name switch
    {
        "index" => (long)_index,
        "count" => _index + 1L,
        "hasNext" => _index + 1 < _count,
        "first" => _index == 0,
        "last" => _index + 1 == _count,
        "parent" => _parent,
        _ => null,
    };

    public bool TryCall(string name, IReadOnlyList<object?> arguments, out object? result)
    {
        result = name == "hasNext" && arguments.Count == 0 ? Get(name) : null;
        return result is not null;
    }

    public void Dispose()
    {
        foreach (var name in Names)
        {
            if (_before.TryGetValue(name, out var value)) _variables[name] = value;
            else _variables.Remove(name);
        }
    }
}
