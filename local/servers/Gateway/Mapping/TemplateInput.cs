using Gateway.Velocity;

namespace Gateway.Mapping;

/// <summary><c>$input</c>: the payload as text and as JSON, and the request's parameters.</summary>
internal sealed class TemplateInput(string body, RequestParameters parameters) : IVelocityObject
{
    // API Gateway gives an absent body as an empty object.
    private readonly string _body = body.Length == 0 ? "{}" : body;
    private readonly Lazy<object?> _json = new(() => JsonValues.Parse(body, out _) ?? (body.Length == 0 ? new VelocityMap() : null));

    public object? Get(string name) => name == "body" ? _body : null;

    public object? Call(string name, IReadOnlyList<object?> arguments) => (name, arguments) switch
    {
        ("path", [string path]) => JsonPath.Find(_json.Value, path),
        ("json", [string path]) => JsonValues.Write(JsonPath.Find(_json.Value, path)),
        ("params", []) => parameters.ToMap(),
        ("params", [string parameter]) => parameters.Find(parameter),
        _ => null,
    };
}

/// <summary>The parameters of a request. Names of headers as the client wrote them; of what comes twice, the last.</summary>
internal sealed record RequestParameters(
    IReadOnlyDictionary<string, string> Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>From the path, the query string, then the headers; empty where it is in none.</summary>
    public string Find(string name)
        => Path.GetValueOrDefault(name) ?? Query.GetValueOrDefault(name) ?? Headers.GetValueOrDefault(name) ?? "";

    public VelocityMap ToMap()
        => new() { ["path"] = VelocityMap.Of(Path), ["querystring"] = VelocityMap.Of(Query), ["header"] = VelocityMap.Of(Headers) };
}
