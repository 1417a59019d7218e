using System.Net;
using System.Text;
using Gateway.Velocity;

namespace Gateway.Mapping;

/// <summary><c>$util</c>: the functions that API Gateway lends to mapping templates.</summary>
internal sealed class TemplateUtil : IVelocityObject
{
    public object? Call(string name, IReadOnlyList<object?> arguments) => arguments is not [var value] ? null : (name, JavaText.Of(value)) switch
    {
        ("escapeJavaScript", var text) => EscapeJavaScript(text),
        ("parseJson", var text) => JsonValues.Parse(text, out var isJson) is var parsed && isJson ? parsed
            : throw new InvalidOperationException("the text is not JSON"),
        ("urlEncode", var text) => UrlEncode(text),
        ("urlDecode", var text) => WebUtility.UrlDecode(text),
        ("base64Encode", var text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        ("base64Decode", var text) => Encoding.UTF8.GetString(Convert.FromBase64String(text)),
        _ => null,
    };

    /// <summary>As Apache Commons does it: also <c>'</c> and <c>/</c>, though JSON knows no <c>\'</c>; beyond ASCII as \uXXXX.</summary>
    private static string EscapeJavaScript(string text)
        => JsonValues.Escape(new StringBuilder(text.Length + 16), text, "\"\\'/", "\b\n\t\f\r", "bntfr", '~').ToString();

    /// <summary>As java.net.URLEncoder, which leaves fewer signs as they are.</summary>
    private static string UrlEncode(string text) => WebUtility.UrlEncode(text)
        .Replace("!", "%21", StringComparison.Ordinal).Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal);
}
