using System.Text;

namespace Gateway.Velocity;

/// <summary>A piece of a template, parsed: writes what it renders to, in one rendering.</summary>
internal delegate void Node(Interpreter run, StringBuilder output);

/// <summary>An expression, parsed: its value in one rendering.</summary>
internal delegate object? Expression(Interpreter run);

/// <summary>An operator between two expressions, the second of which it may leave alone.</summary>
internal delegate object? Operator(Interpreter run, Expression left, Expression right);

/// <summary><c>$name.path</c> with its source text.</summary>
internal sealed record Reference(string Source, string Name, IReadOnlyList<Accessor> Path, Position At);

/// <summary>One step behind a name: <c>.property</c>, <c>.method(…)</c> or <c>[index]</c>.</summary>
/// <param name="Get">The value behind the step.</param>
/// <param name="Key">What is assigned to; null for a method.</param>
internal sealed record Accessor(Func<Interpreter, object, object?> Get, Expression? Key = null);

/// <summary>Where in the template's text, from 1.</summary>
internal readonly record struct Position(int Line, int Column)
{
    public override string ToString() => $"line {Line}, column {Column}";
}
