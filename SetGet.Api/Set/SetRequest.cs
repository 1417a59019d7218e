using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using SetGet.Core.Events;

namespace SetGet.Api.Set;

// It is read by hand (RequestReader), because its bytes must not pass through a serialiser; here for the OpenAPI document.

/// <summary>The body of <c>POST /set</c>.</summary>
/// <param name="AccountId">The owner of the data.</param>
/// <param name="FlowId">The integration that it comes from.</param>
/// <param name="WebhookKeys">One or more webhook keys that the data will be read under.</param>
/// <param name="Data">Any JSON; it comes back byte for byte.</param>
/// <param name="TtlSeconds">How long it is kept, from its acceptance; as the flow, the account or the default says, where absent.</param>
public sealed record SetRequest(
    [property: RegularExpression(Names.IdPattern)] string AccountId,
    [property: RegularExpression(Names.IdPattern)] string FlowId,
    [property: MinLength(1)] IReadOnlyList<string> WebhookKeys,
    JsonElement Data,
    int? TtlSeconds = null);
