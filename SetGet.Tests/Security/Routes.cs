using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SetGet.Api.Access;
using SetGet.Core.Accounts;
using SetGet.Tests.Api;

namespace SetGet.Tests.Security;

/// <summary>A route of the running API.</summary>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Role">What it asks of its caller; null: nothing.</param>
/// <param name="SignatureMayReplaceKey">Whether a signed webhook needs no key there.</param>
internal sealed record ApiRoute(string Method, string Path, ApiKeyRoles? Role, bool SignatureMayReplaceKey)
{
    public override string ToString() => $"{Method} {Path}";

    /// <summary>The path with these names in the place of its parameters.</summary>
    public string Named(string account, string flow, string key, string id)
        => Path.Replace("{accountId}", account, StringComparison.Ordinal).Replace("{flowId}", flow, StringComparison.Ordinal)
            .Replace("{webhookKey}", key, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
}

/// <summary>Every route that the API really has, so that a new one is attacked like the others without anybody remembering.</summary>
internal static class Routes
{
    public static IReadOnlyList<ApiRoute> Of(ApiStack stack)
        => [.. from endpoint in stack.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               let required = endpoint.Metadata.GetMetadata<RequiredRole>()
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
               select new ApiRoute(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), required?.Role, required?.SignatureMayReplaceKey == true)];
}
