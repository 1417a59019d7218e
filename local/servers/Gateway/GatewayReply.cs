using System.Text;
using System.Text.RegularExpressions;
using Gateway.Definition;
using Gateway.Mapping;
using Gateway.Velocity;

namespace Gateway;

/// <summary>What the client gets.</summary>
internal sealed record GatewayReply(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>Ends a request with a gateway response, from whichever step it is thrown.</summary>
/// <param name="type">Such as <c>BAD_REQUEST_BODY</c>.</param>
/// <param name="detail"><c>$context.error.validationErrorString</c>, or what the message adds.</param>
/// <param name="cause">Why, where that is not the client's doing.</param>
internal sealed class GatewayRefusal(string type, string? detail = null, Exception? cause = null) : Exception(type, cause)
{
    public string Type { get; } = type;
    public string? Detail { get; } = detail;
}

/// <summary>Renders gateway responses: the template's where it declares the type, else <c>DEFAULT_4XX</c>/<c>5XX</c>, else API Gateway's own.</summary>
internal static partial class GatewayResponses
{
    private static readonly Dictionary<string, (int Status, string Message)> Own = new(StringComparer.Ordinal)
    {
        ["ACCESS_DENIED"] = (403, "Forbidden"),
        ["API_CONFIGURATION_ERROR"] = (500, "Internal server error"),
        ["BAD_REQUEST_BODY"] = (400, "Invalid request body"),
        ["BAD_REQUEST_PARAMETERS"] = (400, "Missing required request parameters: "),
        ["INTEGRATION_FAILURE"] = (504, "Internal server error"),
        ["INTEGRATION_TIMEOUT"] = (504, "Endpoint request timed out"),
        ["INVALID_API_KEY"] = (403, "Forbidden"),
        ["MISSING_AUTHENTICATION_TOKEN"] = (403, "Missing Authentication Token"),
        ["QUOTA_EXCEEDED"] = (429, "Limit Exceeded"),
        ["REQUEST_TOO_LARGE"] = (413, "HTTP content length exceeded 10485760 bytes."),
        ["THROTTLED"] = (429, "Too Many Requests"),
        ["UNSUPPORTED_MEDIA_TYPE"] = (415, "Unsupported Media Type"),
    };

    public static GatewayReply Render(RestApi api, GatewayRefusal refusal, ContextVariables context)
    {
        var (status, message) = Own[refusal.Type];
        var declared = api.Responses.GetValueOrDefault(refusal.Type) ?? api.Responses.GetValueOrDefault(status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
        if (refusal.Type == "BAD_REQUEST_PARAMETERS") message += refusal.Detail;
        context.Error["message"] = message;
        context.Error["messageString"] = $"\"{message}\"";
        context.Error["responseType"] = refusal.Type;
        context.Error["validationErrorString"] = refusal.Detail ?? "";
        var body = Substitute(declared?.Template ?? "{\"message\":$context.error.messageString}", context);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json",
            ["x-amzn-ErrorType"] = refusal.Type,
        };
        foreach (var (name, value) in declared?.Headers ?? new Dictionary<string, string>())
            headers[name] = value.Trim('\'');
        return new GatewayReply(declared?.StatusCode ?? status, Encoding.UTF8.GetBytes(body), headers);
    }

    /// <summary>These templates have variables only: no directives, no functions. Text goes in as a part of a JSON string.</summary>
    private static string Substitute(string template, ContextVariables context) => Variable().Replace(template, match =>
    {
        var name = match.Groups["name"].Value;
        var text = context.Find(name) is { } value ? JavaText.Of(value) : "";
        return name == "error.messageString" ? text : JsonValues.Write(text)[1..^1];
    });

    [GeneratedRegex(@"\$context\.(?<name>[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
