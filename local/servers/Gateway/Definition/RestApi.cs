using System.Text.Json.Nodes;
using Gateway.CloudFormation;
using Gateway.Schema;
using Gateway.Velocity;

namespace Gateway.Definition;

/// <summary>A REST API as a template declares it, with its stage, everything parsed once.</summary>
/// <param name="Id">What <c>Ref</c> gives; <c>$context.apiId</c>.</param>
/// <param name="BinaryMediaTypes">Types whose bodies are bytes, not text.</param>
/// <param name="Methods">All methods, with the path pattern of their resource.</param>
/// <param name="Responses">Gateway responses by type, such as <c>INVALID_API_KEY</c>.</param>
internal sealed record RestApi(
    string Id, StageDefinition Stage, IReadOnlyList<string> BinaryMediaTypes, IReadOnlyList<MethodDefinition> Methods,
    IReadOnlyDictionary<string, GatewayResponseDefinition> Responses, IReadOnlyList<UsagePlan> UsagePlans, IReadOnlyList<DeclaredApiKey> ApiKeys);

/// <param name="Throttles">By resource path and HTTP method, <c>*</c> for all.</param>
internal sealed record StageDefinition(
    string Name, IReadOnlyDictionary<(string Path, string HttpMethod), Throttle> Throttles, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>A method's own limit takes the place of the stage's.</summary>
    public Throttle? ThrottleOf(MethodDefinition method)
        => new[] { (method.ResourcePath, method.HttpMethod), (method.ResourcePath, "*"), ("*", method.HttpMethod), ("*", "*") }
            .Select(Throttles.GetValueOrDefault).FirstOrDefault(throttle => throttle is not null);
}

/// <summary>Requests a second, and how many may come at once.</summary>
internal sealed record Throttle(double Rate, int Burst);

/// <summary>Requests in a period: <c>DAY</c>, <c>WEEK</c> or <c>MONTH</c>.</summary>
internal sealed record Quota(long Limit, string Period);

internal sealed record UsagePlan(string Id, IReadOnlyList<string> KeyIds, Throttle? Throttle, Quota? Quota);

/// <param name="Value">Null where the template leaves it to API Gateway.</param>
internal sealed record DeclaredApiKey(string Id, string LogicalId, string? Value);

/// <param name="Segments">The resource's path: literals, <c>{name}</c> and <c>{name+}</c>.</param>
/// <param name="Models">By content type; <c>$default</c> for all others.</param>
/// <param name="RequiredParameters">Such as <c>method.request.header.X</c>.</param>
internal sealed record MethodDefinition(
    string LogicalId, string ResourceId, string HttpMethod, IReadOnlyList<string> Segments, bool ApiKeyRequired, bool ValidateBody, bool ValidateParameters,
    IReadOnlyDictionary<string, SchemaNode> Models, IReadOnlyList<string> RequiredParameters, IntegrationDefinition Integration)
{
    public string ResourcePath => "/" + string.Join('/', Segments);
}

/// <param name="Type"><c>AWS</c> or <c>MOCK</c>.</param>
/// <param name="Path">Path of the service's endpoint; empty for MOCK.</param>
/// <param name="Passthrough"><c>NEVER</c>, <c>WHEN_NO_TEMPLATES</c> or <c>WHEN_NO_MATCH</c>.</param>
internal sealed record IntegrationDefinition(
    string Type, string HttpMethod, string Path, string Passthrough, string? ContentHandling, TimeSpan Timeout,
    IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, VelocityTemplate> Templates, IReadOnlyList<IntegrationResponse> Responses);

/// <param name="SelectionPattern">Null for the one that is taken where no pattern matches.</param>
internal sealed record IntegrationResponse(
    int StatusCode, string? SelectionPattern, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, VelocityTemplate> Templates);

/// <param name="StatusCode">Null: the type's own.</param>
/// <param name="Template">Null: the type's own.</param>
internal sealed record GatewayResponseDefinition(int? StatusCode, string? Template, IReadOnlyDictionary<string, string> Headers);

/// <summary>Reads members of resolved resources, with the place in the error where one is missing or wrong.</summary>
internal static class Members
{
    /// <summary>The resources of a type that belong to an API.</summary>
    public static IEnumerable<ResolvedResource> OfApi(this ResolvedTemplate template, string type, ResolvedResource api)
        => template.OfType(type).Where(resource => resource.Properties["RestApiId"].Text() == api.PhysicalId);

    public static string? Text(this JsonNode? node) => (node as JsonValue)?.ToString();

    public static bool IsTrue(this JsonNode? node) => string.Equals(node.Text(), "true", StringComparison.OrdinalIgnoreCase);

    public static double? Number(this JsonNode? node)
        => double.TryParse(node.Text(), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A map of strings; empty where there is none.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node)
        => (node as JsonObject ?? []).Where(entry => entry.Value is JsonValue).ToDictionary(entry => entry.Key, entry => entry.Value.Text()!);

    public static IEnumerable<JsonNode?> Items(this JsonNode? node) => node as JsonArray ?? [];
}
