using SetGet.Api.Problems;

namespace SetGet.Api.Http;

/// <summary>Metadata of a route: it honours <c>If-Match</c> itself.</summary>
internal sealed record HonoursIfMatch;

/// <summary>
/// A condition that a caller sets must not be ignored: it would change what it wanted to leave. A route that has no use for one refuses it
/// (RFC 9110, 13.1.1 and 13.1.4: where it does not hold, the method is not performed).
/// </summary>
internal static class Conditions
{
    public static Problem? Refusal(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.IfUnmodifiedSince.Count > 0) return ProblemKinds.ConditionNotSupported("If-Unmodified-Since");
        if (headers.IfMatch.Count > 0 && context.GetEndpoint()?.Metadata.GetMetadata<HonoursIfMatch>() is null) return ProblemKinds.ConditionNotSupported(
            "If-Match");
        return null;
    }
}
