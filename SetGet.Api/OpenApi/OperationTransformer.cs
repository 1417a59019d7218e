using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;

namespace SetGet.Api.OpenApi;

/// <summary>Writes what a route says of itself into its operation (<see cref="RouteDescriptionExtensions"/>).</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isHead = string.Equals(context.Description.HttpMethod, HttpMethods.Head, StringComparison.OrdinalIgnoreCase);
        if (isHead) operation.Summary += ": the headers only";
        var parameters = metadata.OfType<Parameter>().ToArray();
        var body = metadata.OfType<BodyDescription>().LastOrDefault();
        var required = metadata.OfType<RequiredRole>().LastOrDefault();
        var components = new Components(context);
        operation.Parameters = [.. parameters.Select(ParameterSchema.Of)];
        if (body is not null) operation.RequestBody = await BodyAsync(body, components, cancellationToken);
        operation.Responses = [];
        foreach (var answer in metadata.OfType<AnswerDescription>()) operation.Responses[Text(answer.Status)] =
            await AnswerAsync(answer, isHead, components, cancellationToken);
        foreach (var status in Failures(metadata, parameters, body, required)) operation.Responses[Text(status)] =
            await ProblemAsync(status, isHead, components, cancellationToken);
        if (required is not null) AddSecurity(operation, required, context.Document!);
    }

    private static IEnumerable<int> Failures(IList<object> metadata, Parameter[] parameters, BodyDescription? body, RequiredRole? required)
    {
        var own = metadata.OfType<FailureDescription>().SelectMany(each => each.Statuses);
        int[] ofInput = body is not null ? [400, 408, 413, 415] : Array.Exists(parameters, each => each.CanBeWrong) ? [400] : [];
        int[] ofRole = required is not null ? [401, 403, 503] : [];
        return own.Concat(ofInput).Concat(ofRole).Order();
    }

    private static async Task<OpenApiRequestBody> BodyAsync(BodyDescription body, Components components, CancellationToken cancellationToken) => new()
    {
        Description = body.Description,
        Required = body.Type is not null,
        Content = await ContentAsync(body.Type, body.Example, components, cancellationToken),
    };

    private static async Task<OpenApiResponse> AnswerAsync(AnswerDescription answer, bool isHead, Components components, CancellationToken cancellationToken)
        => new()
        {
            Description = answer.Description,
            Headers = answer.Headers.ToDictionary(each => each.Name, Header),
            Content = isHead || answer.Example is null ? null : await ContentAsync(answer.Type, answer.Example, components, cancellationToken),
        };

    private static async Task<OpenApiResponse> ProblemAsync(int status, bool isHead, Components components, CancellationToken cancellationToken)
    {
        var example = JsonSerializer.Serialize(ProblemAnswers.Example(status), ProblemJson.Wire.Problem);
        return new OpenApiResponse
        {
            Description = $"{ReasonPhrases.GetReasonPhrase(status)}. {ProblemAnswers.Meaning(status)}",
            Headers = ProblemAnswers.Headers(status).ToDictionary(each => each.Name, Header),
            Content = isHead ? null : await ContentAsync(typeof(Problem), example, components, cancellationToken, ProblemWriter.ContentType),
        };
    }

    private static async Task<Dictionary<string, OpenApiMediaType>> ContentAsync(
        Type? type, string example, Components components, CancellationToken cancellationToken, string jsonType = MediaTypes.Json)
        => type is null
            ? new()
            {
                ["*/*"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                    Example = JsonValue.Create(example)
                }
            }
            : new() { [jsonType] = new OpenApiMediaType { Schema = await components.SchemaAsync(type, cancellationToken), Example = JsonNode.Parse(example) } };

    private static IOpenApiHeader Header(HeaderDescription header) => new OpenApiHeader
    {
        Description = header.Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = header.Example,
    };

    private static void AddSecurity(OpenApiOperation operation, RequiredRole required, OpenApiDocument document)
    {
        string[] schemes = required.SignatureMayReplaceKey ? [SecuritySchemes.ApiKey, .. SecuritySchemes.Signatures] : [SecuritySchemes.ApiKey];
        operation.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] })];
        operation.Description += required.Role == ApiKeyRoles.Root ? "\n\nFor the root key only."
            : $"\n\nNeeds an API key with the role `{required.Role.Name()}`.";
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions["x-required-role"] = new JsonNodeExtension(JsonValue.Create(required.Role.Name()));
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

    /// <summary>Schemas by type, each once among the document's components.</summary>
    private sealed class Components(OpenApiOperationTransformerContext context)
    {
        private readonly OpenApiDocument _document = context.Document!;

        public async Task<IOpenApiSchema> SchemaAsync(Type type, CancellationToken cancellationToken)
        {
            _document.Components ??= new OpenApiComponents();
            _document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            if (!_document.Components.Schemas.ContainsKey(type.Name))
                _document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
            return new OpenApiSchemaReference(type.Name, _document);
        }
    }
}
