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
    /// <exception cref="VelocityException">A limit is passed, or a method fails.</exception>
    public string Render(IDictionary<string, object?> variables) => new Interpreter(variables).Render(nodes);
}

/// <summary>What a host lends to templates, such as <c>$input</c>.</summary>
internal interface IVelocityObject
{
    /// <summary>The value of <c>$this.name</c>; null where there is none.</summary>
    object? Get(string name) => null;

    /// <summary>The value of <c>$this.name(arguments)</c>; null where there is no such method.</summary>
    object? Call(string name, IReadOnlyList<object?> arguments) => null;
}

/// <summary>A template that cannot be parsed, or that fails while it is rendered. The message names line and column, both from 1.</summary>
internal sealed class VelocityException(string message, Exception? inner = null) : Exception(message, inner);
