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
/// <param name="Results">One per key, but for those that <paramref name="Next"/> names.</param>
/// <param name="Next">The keys that did not fit into one answer of about 4 MiB of data: ask again with these. Absent where all did.</param>
public sealed record ManyResults(IReadOnlyList<ManyEntry> Results, IReadOnlyList<string>? Next = null);

/// <summary><c>POST /get</c>: the newest event of each of many keys.</summary>
internal static class ManyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/get", GetManyAsync).WithName("getMany").WithTags("Get").RequireRole(ApiKeyRoles.Get)
            .WithSummary("Get the newest event of many keys")
            .WithDescription("Of webhook keys of one account; the results are in the order asked. An answer ends at about 4 MiB of data: `next` names "
                + "the keys that are left, to ask again with.")
            .Reads<ManyRequest>("The keys, and the account where the API key spans accounts.", """{"account":"acme","webhookKeys":["order-42","order-43"]}""")
            .Answers<ManyResults>(
                200, "One result per key, but for those that `next` names.", $$"""{"results":[{"webhookKey":"order-42","found":true,{{ExampleEvent.Json[1..]}},{"webhookKey":"order-43","found":false}]}""")
            .Fails(404);

    private static async Task GetManyAsync(HttpContext context, EventReader reader, ApiMetrics metrics)
    {
        var errors = new InputErrors();
        var request = await JsonBody.ReadAsync(context, GetJson.Wire.ManyRequest, errors);
        var account = context.Caller().ReadingAccount(request.Account, errors, """add "account": "ACCOUNT" to the body.""");
        CheckKeys(request.WebhookKeys, errors);
        errors.ThrowIfAny();

        var found = await reader.GetNewestAsync(account, request.WebhookKeys, context.RequestAborted);
        var fitting = Fitting(request.WebhookKeys, found);
        var hits = request.WebhookKeys.Take(fitting).Count(key => found[key] is not null);
        metrics.Read(found: true, hits);
        metrics.Read(found: false, fitting - hits);
        await JsonResponse.WriteAsync(context, (request.WebhookKeys, found, fitting), static (json, state) =>
        {
            json.WriteStartArray("results"u8);
            foreach (var key in state.WebhookKeys.Take(state.fitting)) WriteEntry(json, key, state.found[key]);
            json.WriteEndArray();
            if (state.fitting == state.WebhookKeys.Count) return;
            json.WriteStartArray("next"u8);
            foreach (var key in state.WebhookKeys.Skip(state.fitting)) json.WriteStringValue(key);
            json.WriteEndArray();
        });
    }

    // How many of the keys, from the first on, are answered: a key that is named twice is written twice, and counts twice.
    private static int Fitting(IReadOnlyList<string> keys, IReadOnlyDictionary<string, StoredEvent?> found)
    {
        long bytes = 0;
        for (var i = 0; i < keys.Count; i++)
        {
            if (!found.TryGetValue(keys[i], out var each)) return i;
            bytes += each?.Data.Length ?? 0;
            if (i > 0 && bytes > EventReader.MaxPageBytes) return i;
        }

        return keys.Count;
    }

    private static void WriteEntry(Utf8JsonWriter json, string key, StoredEvent? found)
    {
        json.WriteStartObject();
        json.WriteString("webhookKey"u8, key);
        json.WriteBoolean("found"u8, found is not null);
        if (found is not null) EventJson.WriteMembers(json, found);
        json.WriteEndObject();
    }

    private static void CheckKeys(IReadOnlyList<string> keys, InputErrors errors)
    {
        for (var i = 0; i < keys.Count; i++)
            if (!Names.IsWebhookKey(keys[i])) errors.CheckWebhookKey($"webhookKeys[{i}]", keys[i]);
    }
}
