using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using SetGet.Api.Access;
using SetGet.Api.Http;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Queues;
using SetGet.Core.Throughput;

namespace SetGet.Api.Ops;

/// <summary><c>/ops/api</c>: what the operators' page needs beyond the public contract, for the root key.</summary>
internal static class OpsEndpoints
{
    private const int MaxFlows = 500;

    private static readonly NumberParameter Seconds = new("seconds", "How far back.", 1, ThroughputStore.MaxSeconds, Default: 180);
    private static readonly Parameter StartsWith = new("startsWith", ParameterLocation.Query, "Only accounts that begin so.");
    private static readonly Parameter After = new("after", ParameterLocation.Query, "The 'next' of an earlier answer.");
    private static readonly NumberParameter Limit = new("limit", "Most accounts of one page.", 1, AccountDirectory.MaxPage, Default: 100);

    /// <summary>They are no part of the contract, so the OpenAPI document leaves them out.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/ops/api").ExcludeFromDescription().RequireRole(ApiKeyRoles.Root);
        api.MapGet("/session", () => TypedResults.NoContent());
        api.MapGet("/gateway", (IOptions<OpsOptions> options) => TypedResults.Json(new GatewayAnswer(options.Value.Gateway), OpsJson.Default.GatewayAnswer));
        api.MapGet("/flow", FlowAsync);
        api.MapGet("/queues", QueuesAsync);
        api.MapGet("/accounts", AccountsAsync);
        api.MapGet("/accounts/{accountId}", AccountAsync);
        api.MapGet("/accounts/{accountId}/flows", FlowsAsync);
        api.MapGet("/accounts/{accountId}/events", EventsAsync);
    }

    private static async Task<IResult> FlowAsync(HttpContext context, ThroughputStore store)
    {
        var query = new QueryReader(context.Request);
        var seconds = query.Number(Seconds)!.Value;
        query.Errors.ThrowIfAny();
        var series = await store.ReadAsync(seconds, context.RequestAborted);
        return TypedResults.Json(
            new FlowAnswer(
                series.LastSecond,
                series[ThroughputCounter.Accepted],
                series[ThroughputCounter.Received],
                series[ThroughputCounter.Stored],
                series[ThroughputCounter.Read],
                series[ThroughputCounter.DeadLettered],
                series.Wait),
            OpsJson.Default.FlowAnswer);
    }

    private static async Task<IResult> QueuesAsync(HttpContext context, EventQueues queues)
    {
        var depths = await Task.WhenAll(queues.Events.DepthAsync(context.RequestAborted), queues.DeadLetters.DepthAsync(context.RequestAborted));
        return TypedResults.Json(new QueuesAnswer(depths[0], depths[1]), OpsJson.Default.QueuesAnswer);
    }

    private static async Task<IResult> AccountsAsync(HttpContext context, AccountDirectory directory)
    {
        var query = new QueryReader(context.Request);
        var prefix = query.Text(StartsWith);
        var after = query.Text(After);
        var limit = query.Number(Limit)!.Value;
        if (prefix is not null) query.Errors.CheckId(StartsWith.Name, prefix);
        if (after is not null) query.Errors.CheckId(After.Name, after);
        query.Errors.ThrowIfAny();
        var page = await directory.ListAsync(prefix ?? "", after, limit, context.RequestAborted);
        return TypedResults.Json(new AccountsAnswer([.. page.Accounts.Select(id => new AccountItem(id))], page.Next), OpsJson.Default.AccountsAnswer);
    }

    private static async Task<IResult> AccountAsync(HttpContext context, string accountId, TtlSettings settings)
    {
        CheckAccount(accountId);
        var ttl = await settings.GetEffectiveAsync(accountId, null, context.RequestAborted);
        var flows = await settings.ListFlowsAsync(accountId, MaxFlows, context.RequestAborted);
        return TypedResults.Json(
            new AccountAnswer(accountId, ttl.Seconds, ttl.Source.ToString().ToLowerInvariant(), [.. flows.Select(flow => new FlowItem(flow.Key, flow.Value))]),
            OpsJson.Default.AccountAnswer);
    }

    private static async Task<IResult> FlowsAsync(HttpContext context, string accountId, FlowDirectory directory)
    {
        CheckAccount(accountId);
        return TypedResults.Json(new FlowsAnswer(await directory.ListAsync(accountId, context.RequestAborted)), OpsJson.Default.FlowsAnswer);
    }

    private static async Task<IResult> EventsAsync(HttpContext context, string accountId, RecentEvents recent)
    {
        CheckAccount(accountId);
        return TypedResults.Json(new EventsAnswer(await recent.ListAsync(accountId, context.RequestAborted)), OpsJson.Default.EventsAnswer);
    }

    private static void CheckAccount(string accountId)
    {
        var errors = new InputErrors();
        errors.CheckId("accountId", accountId);
        errors.ThrowIfAny();
    }
}
