using SetGet.Api.Access;
using SetGet.Api.Contract;
using SetGet.Api.Http;
using SetGet.Api.Telemetry;
using SetGet.Core.Events;
using SetGet.Core.Store;

namespace SetGet.Api.Get;

/// <summary>The body of <c>POST /get</c>.</summary>
/// <param name="WebhookKeys">1 to 1,000 webhook keys.</param>
/// <param name="Account">Needed where the API key spans accounts.</param>
public sealed record ManyRequest(IReadOnlyList<string> WebhookKeys, string? Account = null);

/// <summary><c>POST /get</c>: the newest event of each of many keys.</summary>
internal static class ManyEndpoints
{
    private const int MaxKeys = 1000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/get", GetManyAsync).WithName("getMany").WithMetadata(new NeedsRight(Right.Get)).WithDoc(GetDocs.Many);

    private static async Task GetManyAsync(HttpContext context, EventReader reader, ApiMetrics metrics)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Wire.ManyRequest);
        var errors = new InputErrors();
        var account = context.Caller().ReadingAccount(request.Account, errors);
        CheckKeys(request.WebhookKeys, errors);
        errors.ThrowIfAny();

        var found = await reader.GetNewestAsync(account!, request.WebhookKeys, context.RequestAborted);
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
        if (keys.Count is 0 or > MaxKeys) errors.Add("webhookKeys", $"Must be 1 to {MaxKeys} webhook keys; there are {keys.Count}.");
        for (var i = 0; i < Math.Min(keys.Count, MaxKeys); i++)
            if (!Names.IsWebhookKey(keys[i])) errors.Add($"webhookKeys[{i}]", "Must be " + Names.WebhookKeyRule);
    }
}
