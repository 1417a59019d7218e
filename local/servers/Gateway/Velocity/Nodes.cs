namespace Gateway.Velocity;

/// <summary>A piece of a template: text, a reference, or a directive.</summary>
internal abstract record Node;

internal sealed record TextNode(string Text) : Node;

/// <summary><c>$name.path</c> with its source text, which is what an absent one renders as outside API Gateway.</summary>
internal sealed record ReferenceNode(string Source, bool Quiet, string Name, IReadOnlyList<Accessor> Path, Position At) : Node;

internal sealed record SetNode(ReferenceNode Target, Expression Value) : Node;

internal sealed record IfNode(IReadOnlyList<Branch> Branches, IReadOnlyList<Node> Otherwise) : Node;

internal sealed record ForeachNode(string Variable, Expression Source, IReadOnlyList<Node> Body, Position At) : Node;

internal sealed record BreakNode : Node;

internal sealed record StopNode : Node;

internal sealed record Branch(Expression Condition, IReadOnlyList<Node> Body);

/// <summary>One step behind a name: <c>.property</c>, <c>.method(…)</c> or <c>[index]</c>.</summary>
internal abstract record Accessor;

internal sealed record PropertyAccessor(string Name) : Accessor;

internal sealed record MethodAccessor(string Name, IReadOnlyList<Expression> Arguments) : Accessor;

internal sealed record IndexAccessor(Expression Index) : Accessor;

internal abstract record Expression;

internal sealed record LiteralExpression(object? Value) : Expression;

internal sealed record ReferenceExpression(ReferenceNode Reference) : Expression;

/// <summary>A double-quoted string that holds references or directives.</summary>
internal sealed record InterpolatedExpression(IReadOnlyList<Node> Parts) : Expression;

internal sealed record ListExpression(IReadOnlyList<Expression> Items) : Expression;

internal sealed record RangeExpression(Expression From, Expression To) : Expression;

internal sealed record MapExpression(IReadOnlyList<KeyValuePair<Expression, Expression>> Entries) : Expression;

internal sealed record UnaryExpression(Operator Operator, Expression Operand) : Expression;

internal sealed record BinaryExpression(Operator Operator, Expression Left, Expression Right) : Expression;

internal enum Operator
{
    Or, And, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Add, Subtract, Multiply, Divide, Remainder, Not, Negate,
}

/// <summary>Where in the template's text, from 1.</summary>
internal readonly record struct Position(int Line, int Column)
{
    public override string ToString() => $"line {Line}, column {Column}";
}
