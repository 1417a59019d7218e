using System.Text.Json.Serialization;
using Microsoft.OpenApi;

namespace SetGet.Api.Contract;

/// <summary><c>/openapi/v1.json</c>, and <c>/docs</c>, a page to try it in.</summary>
internal static class ContractEndpoints
{
    private const string DocumentPath = "/openapi/v1.json";
    private const string DocsPath = "/docs";

    /// <summary>The page runs its own scripts and styles, and speaks to this API; nothing else.</summary>
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-hashes' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer<OperationTransformer>();
            options.AddSchemaTransformer((schema, _, _) =>
            {
                // What there is not is left out: null is never written, and need not be read.
                schema.Type &= ~JsonSchemaType.Null;
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer<DocumentTransformer>();
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseWhen(context => context.Request.Path.StartsWithSegments(DocsPath, StringComparison.Ordinal), docs => docs.Use(AddPolicyAsync));
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = DocsPath.TrimStart('/');
            options.DocumentTitle = "SetGet API";
            options.SwaggerEndpoint(DocumentPath, "SetGet v1");
            options.EnablePersistAuthorization();
            options.EnableTryItOutByDefault();
            options.DisplayRequestDuration();
        });
    }

    private static Task AddPolicyAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = DocsPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    /// <summary>Attaches what the OpenAPI document says of a route.</summary>
    public static TBuilder WithDoc<TBuilder>(this TBuilder builder, RouteDoc doc)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(doc);
}
