using SetGet.Api.Set;

namespace SetGet.Api.Contract;

/// <summary>The documents of the routes by which events come in.</summary>
internal static class SetDocs
{
    private const string Accepted = """{"id":"019a1b2c-3d4e-7f50-8a1b-2c3d4e5f6a7b","acceptedAt":"2026-01-31T12:00:00.123Z","webhookKeys":["order-42"]}""";

    public static RouteDoc Set { get; } = new("Set", "Set an event under webhook keys",
        "Stores `data`, as it is written here, under every webhook key. The answer comes once the queue has the event; it is readable shortly after.")
    {
        Parameters = [Parameters.IdempotencyKey],
        Body = new BodyDoc(typeof(SetRequest), "application/json", "At most 1 MiB less 4 KiB.",
            """{"accountId":"acme","flowId":"orders","webhookKeys":["order-42"],"data":{"total":1.10},"ttlSeconds":3600}"""),
        Answers = [AcceptedAnswer],
        Problems = [400, 401, 403, 408, 409, 413, 415, 429, 503],
    };

    public static RouteDoc Hook { get; } = new("Set", "Take a raw webhook",
        """
        Any body, of any content type, for senders whose request cannot be changed: account, flow and webhook key are in the URL.

        A flow without signing secrets asks for an API key. A flow with signing secrets accepts only requests that are signed with one of
        them, as Standard Webhooks, GitHub or Stripe sign; then no API key is needed, but one that is sent must be valid too.
        """)
    {
        Parameters =
        [
            Parameters.AccountId, Parameters.FlowId, Parameters.WebhookKey,
            Parameters.Text("key", "Further webhook keys, separated by commas; may be repeated.", "customer-7") with { Repeatable = true },
            Parameters.Number("ttl", "Seconds that the event is kept; as the flow, the account or the default says, where absent.", 1, int.MaxValue, null) with { Example = "3600" },
            Parameters.IdempotencyKey,
            new ParameterDoc("webhook-id", Place.Header, "As Idempotency-Key, by the name that Standard Webhooks gives it.", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"),
        ],
        Body = new BodyDoc(null, "*/*", "At most 1 MiB in base64, less 4 KiB: about 780,000 bytes.", "{\"action\":\"opened\"}"),
        Answers = [AcceptedAnswer],
        Problems = [400, 401, 403, 408, 409, 413, 415, 429, 503],
    };

    private static AnswerDoc AcceptedAnswer => new(202, "The event is durable.") { Type = typeof(AcceptedEvent), Example = Accepted };
}
