using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace SetGet.Api.OpenApi;

/// <summary><c>/openapi/v1.json</c>, and <c>/docs</c>, a page to try it in.</summary>
internal static class OpenApiServices
{
    private const string DocumentPath = "/openapi/v1.json";
    private const string DocsPath = "/docs";

    /// <summary>The page runs its own scripts and styles, and speaks to this API; nothing else.</summary>
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-hashes' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; img-src "
            + "'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        // Schemas are made with these options; answers are written with those of each folder's context.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer<OperationTransformer>();
            options.AddSchemaTransformer((schema, _, _) =>
            {
                // What there is not is left out: null is never written, and need not be read.
                foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
                    if (member.Type?.HasFlag(JsonSchemaType.Null) == true) schema.Required?.Remove(name);
                schema.Type &= ~JsonSchemaType.Null;
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer<DocumentTransformer>();
        });
    }

    public static void MapOpenApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(DocsPath, StringComparison.OrdinalIgnoreCase), docs => docs.Use(AddPolicyAsync).UseSwaggerUI(Show));
    }

    private static void Show(SwaggerUIOptions options)
    {
        options.RoutePrefix = DocsPath.TrimStart('/');
        options.DocumentTitle = "SetGet API";
        options.SwaggerEndpoint(DocumentPath, "SetGet v1");
        options.EnablePersistAuthorization();
        options.EnableTryItOutByDefault();
        options.DisplayRequestDuration();
    }

    private static Task AddPolicyAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = DocsPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
