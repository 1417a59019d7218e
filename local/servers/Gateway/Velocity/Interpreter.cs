using System.Text;

namespace Gateway.Velocity;

/// <summary>One rendering: walks the nodes, and holds the loops that are under way.</summary>
internal sealed class Interpreter
{
    private readonly IDictionary<string, object?> _variables;
    private readonly VelocityOptions _options;
    private readonly Evaluator _evaluator;
    private bool _stopped;
    private bool _broken;

    public Interpreter(IDictionary<string, object?> variables, VelocityOptions options)
    {
        _variables = variables;
        _options = options;
        _evaluator = new Evaluator(variables, options, Render);
    }

    public string Render(IReadOnlyList<Node> nodes)
    {
        var output = new StringBuilder();
        Write(nodes, output);
        return output.ToString();
    }

    private void Write(IReadOnlyList<Node> nodes, StringBuilder output)
    {
        foreach (var node in nodes)
        {
            Write(node, output);
            if (output.Length > _options.MaxOutput) throw new VelocityException($"The output is longer than {_options.MaxOutput} characters.");
            if (_stopped || _broken) return;
        }
    }

    private void Write(Node node, StringBuilder output)
    {
        switch (node)
        {
            case TextNode text: output.Append(text.Text); break;
            case ReferenceNode reference: WriteReference(reference, output); break;
            case SetNode set: _evaluator.Assign(set.Target, _evaluator.Evaluate(set.Value)); break;
            case IfNode branches: WriteIf(branches, output); break;
            case ForeachNode loop: WriteForeach(loop, output); break;
            case BreakNode: _broken = true; break;
            default: _stopped = true; break;
        }
    }

    private void WriteReference(ReferenceNode reference, StringBuilder output)
    {
        var value = _evaluator.Resolve(reference);
        if (value is not null) output.Append(JavaText.Of(value));
        else if (!reference.Quiet && !_options.AbsentIsEmpty) output.Append(reference.Source);
    }

    private void WriteIf(IfNode node, StringBuilder output)
    {
        foreach (var branch in node.Branches)
        {
            if (!_evaluator.IsTrue(_evaluator.Evaluate(branch.Condition))) continue;
            Write(branch.Body, output);
            return;
        }

        Write(node.Otherwise, output);
    }

    private void WriteForeach(ForeachNode node, StringBuilder output)
    {
        var items = Collections.ItemsOf(_evaluator.Evaluate(node.Source));
        if (items is null) return;
        if (items.Count > _options.MaxIterations)
            throw new VelocityException($"{node.At}: #foreach goes over {items.Count} items, the limit is {_options.MaxIterations}.");
        using var scope = new LoopScope(_variables, node.Variable, items.Count);
        for (var index = 0; index < items.Count && !_stopped && !_broken; index++)
        {
            scope.MoveTo(index, items[index]);
            Write(node.Body, output);
        }

        _broken = false;
    }
}
