using System.Text;

namespace Gateway.Velocity;

/// <summary>
/// A parsed template in the Velocity Template Language as API Gateway runs it (Velocity 1.7): <c>#set #if #elseif #else
/// #foreach #break #stop</c>, comments, references. Immutable: one instance renders for many requests at once.
/// </summary>
/// <remarks>Limits of API Gateway: 300 KB of template (<see cref="MaxTemplateBytes"/>), 1,000 rounds of a loop, 10 MB of output.</remarks>
internal sealed class VelocityTemplate(IReadOnlyList<Node> nodes)
{
    public const int MaxTemplateBytes = 300 * 1024;

    /// <exception cref="VelocityException">The text is too long, malformed, or uses a directive that API Gateway has not.</exception>
    public static VelocityTemplate Parse(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaxTemplateBytes)
            throw new VelocityException($"A template is at most {MaxTemplateBytes} bytes.");
        return new VelocityTemplate(new TemplateParser(text, new Position(1, 1)).ParseAll("#{0} without #if or #foreach"));
    }

    /// <summary>Renders with <paramref name="variables"/>, which <c>#set</c> adds to.</summary>
    /// <param name="variables">Values: null, string, bool, long, BigInteger, double, lists, maps, <see cref="IVelocityObject"/>.</param>
    /// <param name="options">How absent references read; by default as API Gateway has it.</param>
    /// <exception cref="VelocityException">A limit is passed, or a method fails.</exception>
    public string Render(IDictionary<string, object?> variables, VelocityOptions? options = null)
        => new Interpreter(variables, options ?? VelocityOptions.ApiGateway).Render(nodes);
}

/// <summary>Where engines differ.</summary>
/// <param name="AbsentIsEmpty">
/// API Gateway reads an absent reference as the empty string, which is true in an <c>#if</c>. Plain Velocity renders its
/// source text, and it is false.
/// </param>
/// <param name="EmptyIsFalse">Velocity 2 takes an empty string and zero for false; 1.7, and so API Gateway, takes them for true.</param>
internal sealed record VelocityOptions(bool AbsentIsEmpty, bool EmptyIsFalse)
{
    public static VelocityOptions ApiGateway { get; } = new(AbsentIsEmpty: true, EmptyIsFalse: false);

    public static VelocityOptions Velocity2 { get; } = new(AbsentIsEmpty: false, EmptyIsFalse: true);

    /// <summary>Rounds of one <c>#foreach</c> before rendering fails.</summary>
    public int MaxIterations { get; init; } = 1000;

    /// <summary>Characters of output before rendering fails.</summary>
    public int MaxOutput { get; init; } = 10 * 1024 * 1024;
}

/// <summary>What a host lends to templates, such as <c>$input</c>.</summary>
internal interface IVelocityObject
{
    /// <summary>The value of <c>$this.name</c>; null where there is none.</summary>
    object? Get(string name);

    /// <summary>The value of <c>$this.name(arguments)</c>; false where there is no such method.</summary>
    bool TryCall(string name, IReadOnlyList<object?> arguments, out object? result);

    /// <summary><c>#set($this.name = value)</c>; false where that cannot be assigned.</summary>
    bool TrySet(string name, object? value) => false;
}

/// <summary>A template that cannot be parsed, or that fails while it is rendered. The message names line and column, both from 1.</summary>
internal sealed class VelocityException(string message, Exception? inner = null) : Exception(message, inner);
