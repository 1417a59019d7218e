using SetGet.Api.Problems;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Api.Set;

/// <summary>
/// After routing: once a webhook is answered, how it fared is noted for the operators' page. Whether its flow is one whose deliveries are noted is in memory
/// mostly, and nobody waits for it. Other routes pass by.
/// </summary>
internal sealed class DeliveryMiddleware(RequestDelegate next, RecentDeliveries recent, TimeProvider time)
{
    private readonly RequestDelegate _next = next;
    private readonly RecentDeliveries _recent = recent;
    private readonly TimeProvider _time = time;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NotedDeliveries>() is not null)
        {
            var cameAt = _time.GetUtcNow();
            context.Response.OnCompleted(() => NoteAsync(context, cameAt));
        }

        return _next(context);
    }

    private async Task NoteAsync(HttpContext context, DateTimeOffset cameAt)
    {
        if (Of(context, cameAt) is not { } delivery) return;
        if (context.GetRouteValue("accountId") is not string account || context.GetRouteValue("flowId") is not string flow) return;
        if (Names.IsId(account) && Names.IsId(flow)) await _recent.NoteAsync(account, flow, delivery, CancellationToken.None);
    }

    private static Delivery? Of(HttpContext context, DateTimeOffset cameAt)
    {
        if (context.Features.Get<AcceptedEvent>() is { } accepted)
            return new Delivery(accepted.AcceptedAt, Delivery.ByApi, Delivery.Accepted, Id: accepted.Id, WebhookKey: accepted.WebhookKeys[0]);
        // Only what the sender can mend: not that SetGet is away, or busy.
        if (context.Features.Get<Problem>() is not { } problem) return null;
        var fault = context.Features.Get<EnvelopeFault>();
        if (fault is null && problem.Status is not (400 or 401 or 422)) return null;
        var reason = fault?.Reason ?? problem.Type[ProblemKinds.TypePrefix.Length..];
        return new Delivery(cameAt, Delivery.ByApi, Delivery.Refused, reason, fault?.Detail ?? Text(problem));
    }

    private static string Text(Problem problem)
        => problem.Errors is { } errors ? string.Join(' ', errors.Select(each => $"{each.Key}: {string.Join(' ', each.Value)}")) : problem.Detail;
}

/// <summary>Of a route: how its requests fare is noted with their flow.</summary>
internal sealed class NotedDeliveries
{
    public static NotedDeliveries Instance { get; } = new();
}

/// <summary>Marks such routes.</summary>
internal static class NotedDeliveriesRoute
{
    public static RouteHandlerBuilder NotesDeliveries(this RouteHandlerBuilder route) => route.WithMetadata(NotedDeliveries.Instance);
}
