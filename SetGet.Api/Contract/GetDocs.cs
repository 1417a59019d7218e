using SetGet.Api.Get;

namespace SetGet.Api.Contract;

/// <summary>The documents of the routes by which data goes out.</summary>
internal static class GetDocs
{
    private const string Id = "019a1b2c-3d4e-7f50-8a1b-2c3d4e5f6a7b";
    private const string Event =
        $$$"""{"id":"{{{Id}}}","flowId":"orders","acceptedAt":"2026-01-31T12:00:00.123Z","expiresAt":"2026-02-01T12:00:00.123Z","contentType":"application/json","data":{"total":1.10}}""";

    private static readonly HeaderDoc[] EventHeaders =
    [
        new("ETag", "The event id, quoted.", $"\"{Id}\""),
        new("Last-Modified", "When the event was accepted, to the second.", "Sat, 31 Jan 2026 12:00:00 GMT"),
        new("SetGet-Id", "The event id.", Id),
        new("SetGet-Flow", "The flow that the event came from.", "orders"),
        new("SetGet-Accepted-At", "When the event was accepted.", "2026-01-31T12:00:00.123Z"),
        new("SetGet-Expires-At", "From when on nobody reads the event.", "2026-02-01T12:00:00.123Z"),
        new("Cache-Control", "A cache must ask each time.", "private, no-cache"),
    ];

    public static RouteDoc Newest { get; } = new("Get", "Get the newest event's data",
        "Byte for byte as it was sent, in its content type. With `If-None-Match`, 304 where the newest event is one of those named; with `wait` too, the answer waits for another one.")
    {
        Parameters =
        [
            Parameters.WebhookKey, Parameters.Account, Parameters.Wait,
            new ParameterDoc("If-None-Match", Place.Header, "ETags of events that the caller has: a list, weak ones too, or *.", $"\"{Id}\""),
        ],
        Answers =
        [
            new AnswerDoc(200, "The data.") { ContentType = "*/*", Example = "{\"total\":1.10}", Headers = EventHeaders },
            new AnswerDoc(304, "The newest event is one that the caller has.") { Headers = EventHeaders },
        ],
        Problems = [400, 401, 403, 404, 503],
    };

    public static RouteDoc Delete { get; } = new("Get", "Forget a webhook key",
        "Removes the key and its events. Events that are still in the queue come nevertheless; the same data under other keys stays.")
    {
        Parameters = [Parameters.WebhookKey, Parameters.Account],
        Answers = [new AnswerDoc(204, "The key and its events are gone.")],
        Problems = [400, 401, 403, 404, 503],
    };

    public static RouteDoc Events { get; } = new("Get", "List what is kept under a key, oldest first",
        "`next` is always there: ask again with it, perhaps with `wait`, for what has come since. An event that arrives late, behind newer ones, is listed too. A page ends at `limit` events or about 4 MiB of data.")
    {
        Parameters =
        [
            Parameters.WebhookKey, Parameters.Account, Parameters.After,
            Parameters.Number("limit", "Most events of one page.", 1, 1000, 100), Parameters.Wait,
        ],
        Answers = [new AnswerDoc(200, "A page; it may be empty.") { Type = typeof(EventList), Example = $$"""{"events":[{{Event}}],"next":"AQAAAZqx"}""" }],
        Problems = [400, 401, 403, 404, 503],
    };

    public static RouteDoc Take { get; } = new("Get", "Take the oldest events",
        "Removes the oldest events and returns them; no two callers get the same one. With `lease` they are hidden for so long, and then back, unless acknowledged. Without, they are gone once they are answered.")
    {
        Parameters =
        [
            Parameters.WebhookKey, Parameters.Account, Parameters.Number("max", "Most events to take.", 1, 100, 1),
            Parameters.Number("lease", "Seconds that the events stay hidden, and can be acknowledged.", 1, 3600, null) with { Example = "60" }, Parameters.Wait,
        ],
        Answers = [new AnswerDoc(200, "The events; there may be none.") { Type = typeof(TakenList), Example = $$"""{"events":[{{Event}}],"leaseId":"5f0c2d3e4b5a6978"}""" }],
        Problems = [400, 401, 403, 404, 503],
    };

    public static RouteDoc Ack { get; } = new("Get", "Acknowledge a lease", "The leased events are gone for good.")
    {
        Parameters = [Parameters.WebhookKey, Parameters.Account],
        Body = new BodyDoc(typeof(AckRequest), "application/json", "What take answered with.", """{"leaseId":"5f0c2d3e4b5a6978"}"""),
        Answers = [new AnswerDoc(204, "The events are gone.")],
        Problems = [400, 401, 403, 404, 408, 409, 413, 415, 503],
    };

    public static RouteDoc Many { get; } = new("Get", "Get the newest event of many keys",
        "Up to 1,000 webhook keys of one account; the results are in the order asked.")
    {
        Body = new BodyDoc(typeof(ManyRequest), "application/json", "The keys, and the account where the API key spans accounts.", """{"account":"acme","webhookKeys":["order-42","order-43"]}"""),
        Answers =
        [
            new AnswerDoc(200, "One result per key.")
            {
                Type = typeof(ManyResults),
                Example = $$"""{"results":[{"webhookKey":"order-42","found":true,{{Event[1..]}},{"webhookKey":"order-43","found":false}]}""",
            },
        ],
        Problems = [400, 401, 403, 404, 408, 413, 415, 503],
    };
}
