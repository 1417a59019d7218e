using System.Text;
using System.Text.RegularExpressions;

namespace Gateway.Velocity;

/// <summary>One rendering: its variables, the values of references, and the loops that are under way.</summary>
internal sealed class Interpreter(IDictionary<string, object?> variables)
{
    /// <summary>Rounds of one <c>#foreach</c> before rendering fails.</summary>
    private const int MaxIterations = 1000;

    /// <summary>Characters of output before rendering fails.</summary>
    private const int MaxOutput = 10 * 1024 * 1024;

    /// <summary>
    /// What one rendering may do: characters that it makes, items that it copies, steps that it takes, each as many as it costs. Loops in loops, and texts that are
    /// doubled in each round, are within every other limit.
    /// </summary>
    private const long MaxWork = 100_000_000;
    private const int WorkOfStep = 100;
    private const int WorkOfItem = 8;

    private long _work;
    private bool _stopped;
    private bool _broken;

    public string Render(IReadOnlyList<Node> nodes)
    {
        var output = new StringBuilder();
        Write(nodes, output);
        return output.ToString();
    }

    public void Write(IReadOnlyList<Node> nodes, StringBuilder output)
    {
        foreach (var node in nodes)
        {
            var before = output.Length;
            node(this, output);
            Spend(WorkOfStep + output.Length - before);
            if (output.Length > MaxOutput) throw new VelocityException($"The output is longer than {MaxOutput} characters.");
            if (_stopped || _broken) return;
        }
    }

    public void Write(Reference reference, StringBuilder output)
    {
        if (Resolve(reference, reference.Path.Count) is { } value) output.Append(JavaText.Of(value));
    }

    /// <summary>Over the items of a list or the values of a map; over a copy, because the body may change what it walks.</summary>
    public void Loop(string variable, object? source, IReadOnlyList<Node> body, Position at, StringBuilder output)
    {
        object?[]? items = source switch
        {
            List<object?> list => [.. list],
            VelocityMap map => [.. map.Values],
            _ => null,
        };
        if (items is null) return;
        if (items.Length > MaxIterations) throw new VelocityException($"{at}: #foreach goes over {items.Length} items, the limit is {MaxIterations}.");
        using var scope = new LoopScope(variables, variable, items.Length);
        for (var index = 0; index < items.Length && !_stopped && !_broken; index++)
        {
            Spend(WorkOfStep);
            scope.MoveTo(index, items[index]);
            Write(body, output);
        }

        _broken = false;
    }

    /// <summary>Ends the loop.</summary>
    public void Break() => _broken = true;

    /// <summary>Ends the template.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Also the empty string and zero are true: so it is in Velocity 1.7.</summary>
    public static bool IsTrue(object? value) => value is not (null or false);

    /// <summary>The value in an expression. API Gateway reads an absent reference as the empty string, where Velocity itself has null.</summary>
    public object ValueOf(Reference reference) => Resolve(reference, reference.Path.Count) ?? "";

    /// <summary>A value that an operator made.</summary>
    public object? Made(object? value)
    {
        Spend(WorkOf(value));
        return value;
    }

    /// <summary>The value of a method.</summary>
    public object? Call(object owner, string name, List<Expression> arguments)
    {
        var values = new List<object?>(arguments.Count);
        foreach (var argument in arguments) values.Add(Made(argument(this)));
        return Made(Members.Call(owner, name, values));
    }

    public static List<object?> Range(object? first, object? last)
    {
        if (first is not long from || last is not long to) throw new VelocityException("A range needs two integers.");
        var count = Int128.Abs((Int128)to - from) + 1;
        if (count > MaxIterations) throw new VelocityException($"A range has {count} items, the limit is {MaxIterations}.");
        return [.. Enumerable.Range(0, (int)count).Select(index => (object?)(from <= to ? from + index : from - index))];
    }

    public void Assign(Reference target, object? value)
    {
        if (target.Path.Count == 0)
        {
            variables[target.Name] = value;
            return;
        }

        if (Resolve(target, target.Path.Count - 1) is not { } owner) return;
        if (target.Path[^1].Key is not { } key || !Members.TrySet(owner, key(this), value)) throw new VelocityException($"{target.At}: {target.Source} cannot be assigned to.");
    }

    private void Spend(long work)
    {
        _work += work;
        if (_work > MaxWork) throw new VelocityException($"The template does too much: {MaxWork} characters, or a fraction of that in rounds of loops, are the limit.");
    }

    private static long WorkOf(object? value) => value switch
    {
        string text => text.Length,
        List<object?> list => (long)list.Count * WorkOfItem,
        VelocityMap map => (long)map.Count * WorkOfItem,
        _ => 1,
    };

    /// <summary>The value after so many steps of its path, or null where there is none.</summary>
    private object? Resolve(Reference reference, int steps)
    {
        variables.TryGetValue(reference.Name, out var value);
        for (var step = 0; step < steps && value is not null; step++) value = Follow(reference, value, reference.Path[step]);
        return value;
    }

    private object? Follow(Reference reference, object value, Accessor accessor)
    {
        try
        {
            return accessor.Get(this, value);
        }
        catch (Exception failure)
            when (failure is InvalidOperationException or ArgumentException or FormatException or OverflowException or RegexMatchTimeoutException)
        {
            throw new VelocityException($"{reference.At}: {reference.Source} failed: {failure.Message}", failure);
        }
    }
}
