using Microsoft.OpenApi;
using SetGet.Api.Access;

namespace SetGet.Api.OpenApi;

/// <summary>The ways to say who calls, as the OpenAPI document names them.</summary>
internal static class SecuritySchemes
{
    public const string ApiKey = "ApiKey";

    private static readonly (string Scheme, string Header, string Description)[] Signed =
    [
        ("StandardWebhooks", "webhook-signature", "Standard Webhooks 1.0: webhook-id, webhook-timestamp and webhook-signature."),
        ("GitHub", "X-Hub-Signature-256", "sha256=HEX over the body."),
        ("Stripe", "Stripe-Signature", "t=SECONDS,v1=HEX over t.body."),
    ];

    /// <summary>The schemes that may take the place of the API key on the webhook routes.</summary>
    public static IEnumerable<string> Signatures => Signed.Select(each => each.Scheme);

    public static Dictionary<string, IOpenApiSecurityScheme> All()
    {
        var all = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiKey] = InHeader(AccessMiddleware.Header, "An API key: the root key from configuration, or one made by POST /accounts/{accountId}/keys."),
        };
        foreach (var (scheme, header, description) in Signed) all[scheme] = InHeader(header, $"On flows with a signing secret of this scheme. {description}");
        return all;
    }

    private static OpenApiSecurityScheme InHeader(string name, string description) => new()
    {
        Type = SecuritySchemeType.ApiKey,
        In = ParameterLocation.Header,
        Name = name,
        Description = description,
    };
}
