using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Core.Accounts;

namespace SetGet.Api.Access;

/// <summary>Runs after routing: lets a request through to its route only with the role that the route asks for, and says who calls.</summary>
internal sealed class AccessMiddleware(RequestDelegate next, KeyRing keys)
{
    public const string Header = "X-Api-Key";

    public const string HowToSendKey = "Send an API key, once, in the header X-Api-Key (curl: -H 'X-Api-Key: KEY').";

    /// <summary>Longest API key that is looked at. Characters.</summary>
    private const int MaxKeyLength = 256;

    private readonly RequestDelegate _next = next;
    private readonly KeyRing _keys = keys;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredRole>() is { } required && !await IsLetInAsync(context, required)) return;
        await _next(context);
    }

    private async ValueTask<bool> IsLetInAsync(HttpContext context, RequiredRole required)
    {
        var header = context.Request.Headers[Header];
        if (header.Count == 0 && required.SignatureMayReplaceKey) return true;

        var (caller, problem) = await FindAsync(header.Count == 1 ? header.ToString() : null, context.RequestAborted);
        if (caller is not null && !caller.Roles.HasFlag(required.Role)) problem = ProblemKinds.Forbidden(Lacks(required.Role));
        if (problem is not null)
        {
            await context.WriteProblemAsync(problem, context.RequestAborted);
            return false;
        }

        context.Features.Set(caller);
        if (Conditions.Refusal(context) is not { } refusal) return true;
        await context.WriteProblemAsync(refusal, context.RequestAborted);
        return false;
    }

    private async ValueTask<(ApiKey? Caller, Problem? Problem)> FindAsync(string? secret, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(secret)) return (null, ProblemKinds.NoCredentials(HowToSendKey));
        var caller = secret.Length > MaxKeyLength ? null : await _keys.FindAsync(secret, cancellationToken);
        return caller is not null ? (caller, null)
            : (null, ProblemKinds.NoCredentials("The API key in the header X-Api-Key is unknown, was revoked, or has expired."));
    }

    private static string Lacks(ApiKeyRoles role)
        => role == ApiKeyRoles.Root ? "Only the root key may do this." : $"This API key lacks the role '{role.Name()}'. Use a key that has it.";
}
