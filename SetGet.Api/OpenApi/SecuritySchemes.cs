using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Core.Signing;

namespace SetGet.Api.OpenApi;

/// <summary>The ways to say who calls, as the OpenAPI document names them.</summary>
internal static class SecuritySchemes
{
    public const string ApiKey = "ApiKey";

    /// <summary>The schemes that may take the place of the API key on the webhook routes.</summary>
    public static IEnumerable<string> Signatures => Described.Select(each => each.Title);

    // One that signs within the body has no header to describe.
    private static IEnumerable<SchemeDescription> Described => SignatureSchemes.All.Values.Select(each => each.Description).OfType<SchemeDescription>();

    public static Dictionary<string, IOpenApiSecurityScheme> All()
    {
        var all = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiKey] = InHeader(AccessMiddleware.Header, "An API key: the root key from configuration, or one made by POST /accounts/{accountId}/keys."),
        };
        foreach (var (title, header, text) in Described)
            all[title] = InHeader(header, $"On flows with a signing secret of this scheme. {text}");
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
