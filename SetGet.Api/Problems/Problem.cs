using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SetGet.Api.Problems;

/// <summary>An RFC 9457 problem document: what every error of this API answers with, as <c>application/problem+json</c>.</summary>
/// <param name="Type">A URN that names the kind of problem, for programs: <c>urn:setget:problem:</c> and a short code.</param>
/// <param name="Title">The kind of problem in a few words; the same for every problem of this type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request, and what to do about it.</param>
/// <param name="Errors">By field (a member of the body, a part of the path, a query parameter, a header): what is wrong with it.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    IReadOnlyDictionary<string, string[]>? Errors = null)
{
    /// <summary>The trace of the request that failed: what to search for in the dashboard.</summary>
    public string? TraceId { get; init; }

    /// <summary>Seconds after which sending again makes sense; becomes the header <c>Retry-After</c>.</summary>
    [JsonIgnore]
    public int? RetryAfterSeconds { get; init; }
}

[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    public static ProblemJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
