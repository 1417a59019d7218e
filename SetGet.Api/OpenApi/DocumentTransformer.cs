using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SetGet.Core.Accounts;

namespace SetGet.Api.OpenApi;

/// <summary>What the document says of the API as a whole.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    private static readonly string Description =
        $$"""
        Events are set under webhook keys, and read by webhook key.

        **Set**: `POST /set`, or `POST /hooks/...` for senders whose request cannot be changed. 202 means that the event is durable;
        it is readable shortly after. **Get**: `GET /get/{webhookKey}` and its relatives.

        Credentials: an API key in the header `X-Api-Key`. A key belongs to one account, or to `*`, and has roles: `{{string.Join("`, `", ApiKeyRoleNames.All)}}`.

        Every error is a problem document (RFC 9457), `application/problem+json`, with `type`, `title`, `status`, `detail`, and `errors` by
        field where the input was wrong. Besides what each operation lists, the server answers 404 for a path and 405 for a method that
        it does not have, and 400, 408, 414, 431 and 505 for what is not valid HTTP. 503 means that nothing was accepted: send again.

        Times are RFC 3339 in UTC with milliseconds.
        """;

    private static readonly (string Name, string Description)[] Tags =
    [
        ("Set", "Events come in."),
        ("Get", "Data goes out, by webhook key."),
        ("Settings", "TTLs, limits and signing secrets of an account."),
        ("API keys", "Who may do what."),
        ("Dead letters", "What could not be processed. For the root key."),
        ("Health", "For load balancers."),
    ];

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "SetGet", Version = "v1", Description = Description };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = SecuritySchemes.All();
        await HealthOperations.AddAsync(document, context, cancellationToken);
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
    }
}
