using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Api.OpenApi;
using SetGet.Api.Telemetry;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary>The body of <c>POST /get</c>.</summary>
/// <param name="WebhookKeys">The webhook keys, all of one account.</param>
/// <param name="Account">Needed where the API key spans accounts.</param>
public sealed record ManyRequest(
    [property: Length(1, 1000, ErrorMessage = "Must be {1} to {2} webhook keys.")] IReadOnlyList<string> WebhookKeys, string? Account = null);

/// <summary>The newest event of one key, where there is one.</summary>
/// <param name="WebhookKey">The key that was asked for.</param>
/// <param name="Found">Whether there is an event; all else is absent where not.</param>
/// <param name="Id">The event id.</param>
/// <param name="FlowId">The flow that it came from.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="ExpiresAt">From when on nobody reads it.</param>
/// <param name="ContentType">As it was sent.</param>
/// <param name="Data">The data, where it is JSON.</param>
/// <param name="DataBase64">The data in base64, where it is not JSON.</param>
public sealed record ManyEntry(
    string WebhookKey, bool Found, string? Id = null, string? FlowId = null, DateTimeOffset? AcceptedAt = null, DateTimeOffset? ExpiresAt = null,
    string? ContentType = null, JsonElement? Data = null, string? DataBase64 = null);

/// <summary>The newest event of each key, in the order asked.</summary>
public sealed record ManyResults(IReadOnlyList<ManyEntry> Results);

/// <summary><c>POST /get</c>: the newest event of each of many keys.</summary>
internal static class ManyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/get", GetManyAsync).WithName("getMany").WithTags("Get").RequireRole(ApiKeyRoles.Get)
            .WithSummary("Get the newest event of many keys")
            .WithDescription("Of webhook keys of one account; the results are in the order asked.")
            .Reads<ManyRequest>("The keys, and the account where the API key spans accounts.", """{"account":"acme","webhookKeys":["order-42","order-43"]}""")
            .Answers<ManyResults>(
                200, "One result per key.", $$"""{"results":[{"webhookKey":"order-42","found":true,{{ExampleEvent.Json[1..]}},{"webhookKey":"order-43","found":false}]}""")
            .Fails(404);

    private static async Task GetManyAsync(HttpContext context, EventReader reader, ApiMetrics metrics)
    {
        var errors = new InputErrors();
        var request = await JsonBody.ReadAsync(context, GetJson.Wire.ManyRequest, errors);
        var account = context.Caller().ReadingAccount(request.Account, errors);
        CheckKeys(request.WebhookKeys, errors);
        errors.ThrowIfAny();

        var found = await reader.GetNewestAsync(account, request.WebhookKeys, context.RequestAborted);
        var hits = found.Count(each => each is not null);
        metrics.Read(found: true, hits);
        metrics.Read(found: false, found.Count - hits);
        await JsonResponse.WriteAsync(context, (request.WebhookKeys, found), static (json, state) =>
        {
            json.WriteStartArray("results"u8);
            for (var i = 0; i < state.found.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("webhookKey"u8, state.WebhookKeys[i]);
                json.WriteBoolean("found"u8, state.found[i] is not null);
                if (state.found[i] is { } each) EventJson.WriteMembers(json, each);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void CheckKeys(IReadOnlyList<string> keys, InputErrors errors)
    {
        for (var i = 0; i < keys.Count; i++)
            if (!Names.IsWebhookKey(keys[i])) errors.CheckWebhookKey($"webhookKeys[{i}]", keys[i]);
    }
}
