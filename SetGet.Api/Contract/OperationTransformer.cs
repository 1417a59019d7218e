using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Problems;

namespace SetGet.Api.Contract;

/// <summary>Writes what a route's <see cref="RouteDoc"/> says into its operation.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<RouteDoc>().LastOrDefault() is not { } doc) return;
        var isHead = string.Equals(context.Description.HttpMethod, HttpMethods.Head, StringComparison.OrdinalIgnoreCase);
        var document = context.Document!;
        operation.OperationId = isHead ? "headOfKey" : operation.OperationId;
        operation.Summary = isHead ? doc.Summary + ": the headers only" : doc.Summary;
        operation.Description = doc.Description;
        operation.Tags = new HashSet<OpenApiTagReference> { new(doc.Tag, document) };
        operation.Parameters = [.. doc.Parameters.Select(OperationParts.Parameter)];
        operation.Responses = [];
        var shapes = new Shapes(context, document);
        if (doc.Body is { } body) operation.RequestBody = await BodyAsync(body, shapes, cancellationToken);
        foreach (var answer in doc.Answers) operation.Responses[Text(answer.Status)] = await AnswerAsync(answer, isHead, shapes, cancellationToken);
        foreach (var status in doc.Problems) operation.Responses[Text(status)] = await ProblemAsync(status, isHead, shapes, cancellationToken);
        if (metadata.OfType<NeedsRight>().LastOrDefault() is { } needs) AddSecurity(operation, needs, document);
    }

    private static async Task<OpenApiRequestBody> BodyAsync(BodyDoc doc, Shapes shapes, CancellationToken cancellation) => new()
    {
        Description = doc.Description,
        Required = doc.Type is not null,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [doc.ContentType] = OperationParts.Content(await shapes.OfAsync(doc.Type, cancellation), doc.Example, doc.Type is not null),
        },
    };

    private static async Task<OpenApiResponse> AnswerAsync(AnswerDoc doc, bool isHead, Shapes shapes, CancellationToken cancellation)
    {
        var response = new OpenApiResponse { Description = doc.Description, Headers = doc.Headers.ToDictionary(each => each.Name, IOpenApiHeader (each) => OperationParts.Header(each)) };
        if (isHead || (doc.Type is null && doc.ContentType is null)) return response;
        response.Content = new Dictionary<string, OpenApiMediaType>
        {
            [doc.ContentType ?? "application/json"] = OperationParts.Content(await shapes.OfAsync(doc.Type, cancellation), doc.Example, doc.Type is not null),
        };
        return response;
    }

    private static async Task<OpenApiResponse> ProblemAsync(int status, bool isHead, Shapes shapes, CancellationToken cancellation)
    {
        var response = new OpenApiResponse
        {
            Description = $"{ReasonPhrases.GetReasonPhrase(status)}. {Descriptions.OfStatus(status)}",
            Headers = Descriptions.HeadersOf(status).ToDictionary(each => each.Name, IOpenApiHeader (each) => OperationParts.Header(each)),
        };
        if (isHead) return response;
        var example = JsonSerializer.Serialize(Descriptions.ProblemOf(status), ApiJson.Wire.Problem);
        response.Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemResults.ContentType] = OperationParts.Content(await shapes.OfAsync(typeof(Problem), cancellation), example, isJson: true),
        };
        return response;
    }

    private static void AddSecurity(OpenApiOperation operation, NeedsRight needs, OpenApiDocument document)
    {
        operation.Security = [Requirement(DocumentTransformer.ApiKeyScheme, document)];
        if (needs.SignatureMayReplaceKey)
            foreach (var scheme in DocumentTransformer.SignatureSchemes) operation.Security.Add(Requirement(scheme, document));
        var role = needs.Right.ToString().ToLowerInvariant();
        operation.Description += needs.Right == Right.Root ? "\n\nFor the root key only." : $"\n\nNeeds an API key with the role `{role}`.";
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions["x-required-role"] = new JsonNodeExtension(JsonValue.Create(role));
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    /// <summary>Schemas by type, each once among the document's components.</summary>
    private sealed class Shapes(OpenApiOperationTransformerContext context, OpenApiDocument document)
    {
        public async Task<IOpenApiSchema?> OfAsync(Type? type, CancellationToken cancellation)
        {
            if (type is null) return null;
            document.Components ??= new OpenApiComponents();
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            if (!document.Components.Schemas.ContainsKey(type.Name))
                document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellation));
            return new OpenApiSchemaReference(type.Name, document);
        }
    }
}
