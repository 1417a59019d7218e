using SetGet.Api.Problems;

namespace SetGet.Api.Access;

/// <summary>Runs after routing: lets a request through to its route only with the right that the route asks for.</summary>
internal sealed class AccessMiddleware
{
    public const string Header = "X-Api-Key";

    /// <summary>Longest API key that is looked at. Characters.</summary>
    private const int MaxKeyLength = 256;

    private readonly RequestDelegate _next;
    private readonly KeyRing _keys;

    public AccessMiddleware(RequestDelegate next, KeyRing keys)
    {
        _next = next;
        _keys = keys;
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsRight>() is { } needs && !await IsLetInAsync(context, needs)) return;
        await _next(context);
    }

    private async ValueTask<bool> IsLetInAsync(HttpContext context, NeedsRight needs)
    {
        var header = context.Request.Headers[Header];
        if (header.Count == 0 && needs.SignatureMayReplaceKey) return true;

        var (caller, problem) = await FindAsync(header.Count == 1 ? header.ToString() : null, context.RequestAborted);
        if (caller is not null && !caller.May(needs.Right)) problem = Kinds.Forbidden(Lacks(needs.Right));
        if (problem is not null)
        {
            await context.WriteProblemAsync(problem, context.RequestAborted);
            return false;
        }

        context.Features.Set(caller);
        return true;
    }

    private async ValueTask<(Caller? Caller, Problem? Problem)> FindAsync(string? secret, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(secret)) return (null, Kinds.NoCredentials(HowTo));
        var caller = secret.Length > MaxKeyLength ? null : await _keys.FindAsync(secret, cancellation);
        return caller is not null ? (caller, null) : (null, Kinds.NoCredentials("The API key in the header X-Api-Key is unknown, was revoked, or has expired."));
    }

    internal const string HowTo = "Send an API key, once, in the header X-Api-Key (curl: -H 'X-Api-Key: KEY').";

    private static string Lacks(Right right) => right == Right.Root
        ? "Only the root key may do this."
        : $"This API key lacks the role '{right.ToString().ToLowerInvariant()}'. Use a key that has it.";
}
