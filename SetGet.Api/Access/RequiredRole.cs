using SetGet.Core.Accounts;

namespace SetGet.Api.Access;

/// <summary>Metadata of a route: the role that it asks of its caller.</summary>
/// <param name="Role">One role.</param>
/// <param name="SignatureMayReplaceKey">
/// Whether a request without a key reaches the handler, which then must find a valid signature: senders such as GitHub and
/// Stripe sign what they send, and cannot send a header of ours.
/// </param>
internal sealed record RequiredRole(ApiKeyRoles Role, bool SignatureMayReplaceKey = false);

/// <summary>Gives routes their role.</summary>
internal static class RequiredRoleExtensions
{
    /// <summary>Lets only callers with the role through to the route, or to every route of the group.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, ApiKeyRoles role, bool signatureMayReplaceKey = false)
        where TBuilder : IEndpointConventionBuilder
        => builder.WithMetadata(new RequiredRole(role, signatureMayReplaceKey));
}
