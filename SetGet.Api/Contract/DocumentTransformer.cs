using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SetGet.Api.Access;

namespace SetGet.Api.Contract;

/// <summary>What the document says of the API as a whole.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public const string ApiKeyScheme = "ApiKey";

    private static readonly (string Scheme, string Header, string Description)[] Signatures =
    [
        ("StandardWebhooks", "webhook-signature", "Standard Webhooks 1.0: webhook-id, webhook-timestamp and webhook-signature."),
        ("GitHub", "X-Hub-Signature-256", "sha256=HEX over the body."),
        ("Stripe", "Stripe-Signature", "t=SECONDS,v1=HEX over t.body."),
    ];

    /// <summary>The schemes that may take the place of the API key on the webhook route.</summary>
    public static IEnumerable<string> SignatureSchemes => Signatures.Select(each => each.Scheme);

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "SetGet", Version = "v1", Description = Descriptions.Api };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        AddSecurity(document.Components);
        await HealthDocs.AddAsync(document, context, cancellationToken);
        document.Tags = new HashSet<OpenApiTag>(Descriptions.Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
    }

    private static void AddSecurity(OpenApiComponents components)
    {
        components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        components.SecuritySchemes[ApiKeyScheme] = Header(AccessMiddleware.Header, "An API key: the root key from configuration, or one made by POST /accounts/{accountId}/keys.");
        foreach (var (scheme, header, description) in Signatures)
            components.SecuritySchemes[scheme] = Header(header, $"On flows with a signing secret of this scheme. {description}");
    }

    private static OpenApiSecurityScheme Header(string name, string description) => new()
    {
        Type = SecuritySchemeType.ApiKey,
        In = ParameterLocation.Header,
        Name = name,
        Description = description,
    };
}

/// <summary>Builds the parts of an operation out of its <see cref="RouteDoc"/>.</summary>
internal static class OperationParts
{
    public static OpenApiParameter Parameter(ParameterDoc doc) => new()
    {
        Name = doc.Name,
        In = doc.In switch { Place.Path => ParameterLocation.Path, Place.Query => ParameterLocation.Query, _ => ParameterLocation.Header },
        Description = doc.Description,
        Required = doc.Required || doc.In == Place.Path,
        Schema = doc.Repeatable ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = ParameterSchema(doc) } : ParameterSchema(doc),
        Example = doc.Example.Length == 0 ? null : doc.Repeatable ? new JsonArray(Value(doc, doc.Example)) : Value(doc, doc.Example),
    };

    public static OpenApiHeader Header(HeaderDoc doc) => new()
    {
        Description = doc.Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = doc.Example,
    };

    public static OpenApiMediaType Content(IOpenApiSchema? schema, string? example, bool isJson) => new()
    {
        Schema = schema ?? (isJson ? new OpenApiSchema() : new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }),
        Example = example is null ? null : isJson ? JsonNode.Parse(example) : JsonValue.Create(example),
    };

    private static OpenApiSchema ParameterSchema(ParameterDoc doc) => new()
    {
        Type = doc.IsNumber ? JsonSchemaType.Integer : JsonSchemaType.String,
        Minimum = doc.Minimum?.ToString(CultureInfo.InvariantCulture),
        Maximum = doc.Maximum?.ToString(CultureInfo.InvariantCulture),
        Pattern = doc.Pattern,
        Default = doc.Default is { } value ? Value(doc, value) : null,
    };

    private static JsonValue Value(ParameterDoc doc, string text) =>
        doc.IsNumber ? JsonValue.Create(int.Parse(text, CultureInfo.InvariantCulture)) : JsonValue.Create(text);
}
