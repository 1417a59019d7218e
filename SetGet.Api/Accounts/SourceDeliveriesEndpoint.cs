using SetGet.Api.OpenApi;
using SetGet.Core.Senders;

namespace SetGet.Api.Accounts;

/// <summary>How a flow's last deliveries fared, newest first.</summary>
/// <param name="Deliveries">At most 20 that were not accepted, and the last one that was.</param>
public sealed record DeliveryList(IReadOnlyList<Delivery> Deliveries);

/// <summary><c>GET .../source/deliveries</c>: whether a sender's deliveries come in, and why not.</summary>
internal static class SourceDeliveriesEndpoint
{
    private const string Example =
        """
        {"deliveries":[
          {"at":"2026-01-31T12:00:05.123Z","way":"api","outcome":"refused","reason":"signature-missing","detail":"This flow takes signed webhooks only: send X-Hub-Signature-256."},
          {"at":"2026-01-31T12:00:00.123Z","way":"gateway","outcome":"accepted","id":"019a1b2c-3d4e-7f50-8a1b-2c3d4e5f6a7b","webhookKey":"order-42"}]}
        """;

    public static void Map(IEndpointRouteBuilder group)
        => group.MapGet("/deliveries", ListAsync).WithName("listDeliveries")
            .WithSummary("How a flow's last deliveries fared")
            .WithDescription($"The last {RecentDeliveries.MaxRefused} that were not accepted, with the reason, and the last one that was; newest first. `outcome` is `accepted`, "
                + "`refused` (the sender was told), `dead-letter`, or `dropped` (it proved nothing, and nothing is kept of it). Noted for flows with a source or a signing secret, "
                + "within two seconds, and kept for seven days. For people: what a crash loses of it is not made up for.")
            .Answers<DeliveryList>(200, "The deliveries; there may be none.", Example);

    private static async Task<IResult> ListAsync(HttpContext context, RecentDeliveries recent)
    {
        var (account, flow) = AccountRoute.Read(context);
        return TypedResults.Json(new DeliveryList(await recent.ListAsync(account, flow!, context.RequestAborted)), AccountsJson.Wire.DeliveryList);
    }
}
