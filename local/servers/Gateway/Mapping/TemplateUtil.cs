using System.Globalization;
using System.Net;
using System.Text;
using Gateway.Velocity;

namespace Gateway.Mapping;

/// <summary><c>$util</c>: the functions that API Gateway lends to mapping templates.</summary>
internal sealed class TemplateUtil : IVelocityObject
{
    public object? Get(string name) => null;

    public bool TryCall(string name, IReadOnlyList<object?> arguments, out object? result)
    {
        (var known, result) = (name, arguments) switch
        {
            ("escapeJavaScript", [var value]) => (true, EscapeJavaScript(JavaText.Of(value))),
            ("parseJson", [var value]) => (true, ParseJson(JavaText.Of(value))),
            ("urlEncode", [var value]) => (true, UrlEncode(JavaText.Of(value))),
            ("urlDecode", [var value]) => (true, WebUtility.UrlDecode(JavaText.Of(value))),
            ("base64Encode", [var value]) => (true, Convert.ToBase64String(Encoding.UTF8.GetBytes(JavaText.Of(value)))),
            ("base64Decode", [var value]) => (true, Base64Decode(JavaText.Of(value))),
            _ => (false, (object?)null),
        };
        return known;
    }

    /// <summary>As Apache Commons does it: also <c>'</c> and <c>/</c>, though JSON knows no <c>\'</c>; beyond ASCII as \uXXXX.</summary>
    public static string EscapeJavaScript(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (character is '"' or '\\' or '\'' or '/') result.Append('\\').Append(character);
            else if (Letter(character) is { } letter) result.Append('\\').Append(letter);
            else if (character is < ' ' or > '~') result.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
            else result.Append(character);
        }

        return result.ToString();
    }

    /// <summary>As java.net.URLEncoder: letters, digits and <c>.-*_</c> stay, a space is a plus, the rest are bytes of UTF-8.</summary>
    public static string UrlEncode(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            var character = (char)octet;
            if (char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '*' or '_') result.Append(character);
            else if (character == ' ') result.Append('+');
            else result.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }

    private static char? Letter(char character) => character switch
    {
        '\b' => 'b',
        '\n' => 'n',
        '\t' => 't',
        '\f' => 'f',
        '\r' => 'r',
        _ => null,
    };

    private static object? ParseJson(string text)
    {
        var value = JsonValues.Parse(text, out var isJson);
        return isJson ? value : throw new InvalidOperationException("the text is not JSON");
    }

    private static string Base64Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
