using System.Text;
using Gateway.Mapping;
using Microsoft.Extensions.Primitives;

namespace Gateway;

/// <summary>A request to a stage: what all steps look at.</summary>
internal sealed record GatewayRequest(string HttpMethod, IReadOnlyList<string> Segments, RequestParameters Parameters, IQueryCollection Query,
    IHeaderDictionary Headers, byte[] Body)
{
    /// <summary>API Gateway takes a body without a content type for JSON.</summary>
    public string MediaType => (Header("Content-Type") is { Length: > 0 } type ? type : "application/json").Split(';')[0].Trim();

    public string? Header(string name) => Headers.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] : null;

    public bool IsBinary(IReadOnlyList<string> binaryMediaTypes)
        => binaryMediaTypes.Any(type => type == "*/*" || string.Equals(type, MediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The body as mapping templates get it: bytes in base64 where they are binary, else the text.</summary>
    public string BodyText(bool isBinary) => isBinary ? Convert.ToBase64String(Body) : Encoding.UTF8.GetString(Body);

    /// <summary>The value that a parameter mapping names, such as <c>method.request.header.X</c>; null where there is none.</summary>
    public string? Find(string expression)
    {
        var parts = expression.Split('.', 4);
        if (parts is ["method", "request", "body"]) return BodyText(false);
        if (parts is not ["method", "request", var where, var name]) return null;
        return where switch
        {
            "path" => Parameters.Path.GetValueOrDefault(name),
            "querystring" => Parameters.Query.GetValueOrDefault(name),
            "multivaluequerystring" => Query.TryGetValue(name, out var values) ? string.Join(',', values.ToArray()) : null,
            "header" => Header(name),
            "multivalueheader" => Headers.TryGetValue(name, out var values) ? string.Join(',', values.ToArray()) : null,
            _ => null,
        };
    }

    public static Dictionary<string, string> Last(IEnumerable<KeyValuePair<string, StringValues>> many)
        => many.Where(entry => entry.Value.Count > 0).ToDictionary(entry => entry.Key, entry => entry.Value[^1] ?? "", StringComparer.Ordinal);
}
