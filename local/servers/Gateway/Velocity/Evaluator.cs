namespace Gateway.Velocity;

/// <summary>The values of expressions and references, and assignment to a reference.</summary>
internal sealed class Evaluator
{
    private readonly IDictionary<string, object?> _variables;
    private readonly VelocityOptions _options;
    private readonly Func<IReadOnlyList<Node>, string> _render;

    public Evaluator(IDictionary<string, object?> variables, VelocityOptions options, Func<IReadOnlyList<Node>, string> render)
    {
        _variables = variables;
        _options = options;
        _render = render;
    }

    public bool IsTrue(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        string text => !_options.EmptyIsFalse || text.Length > 0,
        long number => !_options.EmptyIsFalse || number != 0,
        _ => true,
    };

    public object? Evaluate(Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Value,
        ReferenceExpression reference => Resolve(reference.Reference) ?? (_options.AbsentIsEmpty ? "" : null),
        InterpolatedExpression text => _render(text.Parts),
        ListExpression list => list.Items.Select(Evaluate).ToList(),
        RangeExpression range => EvaluateRange(range),
        MapExpression map => EvaluateMap(map),
        UnaryExpression { Operator: Operator.Not } not => !IsTrue(Evaluate(not.Operand)),
        UnaryExpression negation => Numbers.Apply(Operator.Subtract, 0L, Evaluate(negation.Operand)),
        BinaryExpression { Operator: Operator.Or } or => IsTrue(Evaluate(or.Left)) || IsTrue(Evaluate(or.Right)),
        BinaryExpression { Operator: Operator.And } and => IsTrue(Evaluate(and.Left)) && IsTrue(Evaluate(and.Right)),
        BinaryExpression binary => Operators.Apply(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        _ => throw new VelocityException($"No value for {expression.GetType().Name}."),
    };

    /// <summary>The value, or null where there is none.</summary>
    public object? Resolve(ReferenceNode reference)
    {
        _variables.TryGetValue(reference.Name, out var value);
        for (var step = 0; step < reference.Path.Count && value is not null; step++) value = Follow(reference, value, reference.Path[step]);
        return value;
    }

    public void Assign(ReferenceNode target, object? value)
    {
        if (target.Path.Count == 0)
        {
            _variables[target.Name] = value;
            return;
        }

        _variables.TryGetValue(target.Name, out var owner);
        for (var step = 0; step < target.Path.Count - 1 && owner is not null; step++) owner = Follow(target, owner, target.Path[step]);
        if (owner is null) return;
        var assigned = target.Path[^1] switch
        {
            PropertyAccessor property => Members.TrySet(owner, property.Name, value),
            IndexAccessor index => Members.TrySet(owner, Evaluate(index.Index), value),
            _ => false,
        };
        if (!assigned) throw new VelocityException($"{target.At}: {target.Source} cannot be assigned to.");
    }

    private object? Follow(ReferenceNode reference, object value, Accessor accessor)
    {
        try
        {
            return accessor switch
            {
                PropertyAccessor property => Members.Get(value, property.Name),
                IndexAccessor index => Members.GetIndex(value, Evaluate(index.Index)),
                MethodAccessor method => Members.Call(value, method.Name, method.Arguments.Select(Evaluate).ToList()),
                _ => null,
            };
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new VelocityException($"{reference.At}: {reference.Source} failed: {failure.Message}", failure);
        }
    }

    private List<object?> EvaluateRange(RangeExpression range)
    {
        if (Evaluate(range.From) is not long from || Evaluate(range.To) is not long to) throw new VelocityException("A range needs two integers.");
        var count = Math.Abs(to - from) + 1;
        if (count > _options.MaxIterations) throw new VelocityException($"A range has {count} items, the limit is {_options.MaxIterations}.");
        var step = from <= to ? 1 : -1;
        return Enumerable.Range(0, (int)count).Select(index => (object?)(from + (index * step))).ToList();
    }

    private VelocityMap EvaluateMap(MapExpression map)
    {
        var result = new VelocityMap();
        foreach (var (key, value) in map.Entries) result[JavaText.Of(Evaluate(key))] = Evaluate(value);
        return result;
    }
}
