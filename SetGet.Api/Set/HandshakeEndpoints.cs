using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Problems;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Api.Set;

/// <summary>
/// <c>GET · OPTIONS /hooks/…</c>: a sender asks whether this address is its receiver's. Answered as the flow's source says, and by no flow that has no such handshake.
/// </summary>
internal static class HandshakeEndpoints
{
    private const string None = "This flow answers no such challenge. Say which its sender asks for: 'handshake' at PUT /accounts/{accountId}/flows/{flowId}/source.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, name) in new[] { ("/hooks/{accountId}/{flowId}", "ByRules"), ("/hooks/{accountId}/{flowId}/{webhookKey}", "") })
        {
            Describe(routes.MapGet(path, ChallengeAsync).WithName("challenge" + name), path)
                .WithSummary("Answer a sender's challenge")
                .WithDescription("As Meta (`hub.challenge`), Dropbox (`challenge`) and Okta (`x-okta-verification-challenge`) ask, where the flow's source has that handshake.")
                .Answers(200, "The challenge, as the sender wants it back.");
            Describe(routes.MapMethods(path, [HttpMethods.Options], ChallengeAsync).WithName("validate" + name), path)
                .WithSummary("Answer CloudEvents' validation")
                .WithDescription("`WebHook-Request-Origin` comes back as `WebHook-Allowed-Origin`, where the flow's source has the handshake `cloudevents`.")
                .Answers(200, "Events of that origin are welcome.");
        }
    }

    /// <summary>Writes a handshake's answer: text that a stranger sent, which no browser may take for a page.</summary>
    public static IResult ToResult(this HandshakeAnswer answer, HttpContext context)
    {
        context.Response.Headers.ForbidRendering();
        return answer.Text is { } text ? TypedResults.Text(text, answer.ContentType) : TypedResults.Ok();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string path)
    {
        route.WithTags("Set").Takes(Parameter.AccountId, Parameter.FlowId).Fails(404, 503);
        return path.EndsWith("{webhookKey}", StringComparison.Ordinal) ? route.Takes(Parameter.WebhookKey) : route;
    }

    private static async Task<IResult> ChallengeAsync(
        HttpContext context, string accountId, string flowId, string? webhookKey, FlowDoors doors, TimeProvider time)
    {
        var errors = new InputErrors();
        errors.CheckId("accountId", accountId);
        errors.CheckId("flowId", flowId);
        if (webhookKey is not null && !Names.IsWebhookKey(webhookKey)) errors.Add("webhookKey", "Must be " + Names.WebhookKeyRule);
        errors.ThrowIfAny();
        var request = context.Request;
        var door = await doors.OpenAsync(accountId, flowId, time.GetUtcNow(), context.RequestAborted);
        var isOptions = HttpMethods.IsOptions(request.Method);
        var answer = door.Answer(isOptions, name => request.Query[name], name => request.Headers[name])
            ?? throw new ProblemException(ProblemKinds.NotFound(None));
        if (!isOptions) return answer.ToResult(context);
        context.Response.Headers["WebHook-Allowed-Origin"] = request.Headers["WebHook-Request-Origin"];
        context.Response.Headers["WebHook-Allowed-Rate"] = "*";
        context.Response.Headers.Allow = "POST";
        return answer.ToResult(context);
    }
}
