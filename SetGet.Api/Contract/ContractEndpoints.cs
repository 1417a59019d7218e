using Microsoft.OpenApi;

namespace SetGet.Api.Contract;

/// <summary><c>/openapi/v1.json</c>, and <c>/docs</c>, a page to try it in.</summary>
internal static class ContractEndpoints
{
    public const string DocumentPath = "/openapi/v1.json";

    public static void Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer<OperationTransformer>();
            options.AddDocumentTransformer<DocumentTransformer>();
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.SwaggerEndpoint(DocumentPath, "SetGet v1");
        });
    }

    /// <summary>Attaches what the OpenAPI document says of a route.</summary>
    public static TBuilder WithDoc<TBuilder>(this TBuilder builder, RouteDoc doc)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(doc);
}
