using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SetGet.Api.OpenApi;

/// <summary>The health endpoints, which the framework's explorer does not list.</summary>
internal static class HealthOperations
{
    public static async Task AddAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent(nameof(HealthAnswer), await context.GetOrCreateSchemaAsync(typeof(HealthAnswer), null, cancellationToken));
        document.Paths.Add("/health", Path(document, "health", "Ready", "200 while Redis and the queue answer."));
        document.Paths.Add("/alive", Path(document, "alive", "Alive", "200 while the process runs."));
        document.Paths["/health"].Operations![HttpMethod.Get].Responses!["503"] =
            Answer(document, "Something that the process needs does not answer.", "Unhealthy");
    }

    private static OpenApiPathItem Path(OpenApiDocument document, string id, string summary, string description) => new()
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Get] = new()
            {
                OperationId = id,
                Summary = summary,
                Description = description,
                Tags = new HashSet<OpenApiTagReference> { new("Health", document) },
                Responses = new OpenApiResponses { ["200"] = Answer(document, "It is.", "Healthy") },
            },
        },
    };

    private static OpenApiResponse Answer(OpenApiDocument document, string description, string status) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new()
            {
                Schema = new OpenApiSchemaReference(nameof(HealthAnswer), document),
                Example = JsonNode.Parse($$$"""{"status":"{{{status}}}","durationMs":1.5,"checks":{"queue":{"status":"{{{status}}}","durationMs":1.2} } }"""),
            },
        },
    };
}

/// <summary>Whether the process is ready, and each thing that it needs.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> or <c>Unhealthy</c>.</param>
/// <param name="DurationMs">How long it took to find out. Milliseconds.</param>
/// <param name="Checks">By name.</param>
public sealed record HealthAnswer(string Status, double DurationMs, IReadOnlyDictionary<string, JsonElement> Checks);
