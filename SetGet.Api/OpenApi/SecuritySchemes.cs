using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Signing;

namespace SetGet.Api.OpenApi;

/// <summary>The ways to say who calls, as the OpenAPI document names them.</summary>
internal static class SecuritySchemes
{
    public const string ApiKey = "ApiKey";

    /// <summary>The schemes that may take the place of the API key on the webhook routes.</summary>
    public static IEnumerable<string> Signatures => SignatureSchemes.All.Values.Select(each => each.Description.Title);

    public static Dictionary<string, IOpenApiSecurityScheme> All()
    {
        var all = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiKey] = InHeader(AccessMiddleware.Header, "An API key: the root key from configuration, or one made by POST /accounts/{accountId}/keys."),
        };
        foreach (var (title, header, text) in SignatureSchemes.All.Values.Select(each => each.Description))
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
