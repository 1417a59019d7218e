using SetGet.Api.DeadLetters;
using SetGet.Api.Settings;

namespace SetGet.Api.Contract;

/// <summary>The documents of API keys and dead letters.</summary>
internal static class AdminDocs
{
    private const string KeyExample = """{"id":"k7f3a9","name":"shop","roles":["set"],"createdAt":"2026-01-31T12:00:00.123Z","expiresAt":"2027-01-31T12:00:00.000Z","lastUsedAt":"2026-01-31T12:05:00.000Z"}""";
    private const string TasksExample = """{"tasks":[{"status":"RUNNING","moved":120,"toMove":400,"startedAt":"2026-01-31T12:00:00.123Z"}]}""";

    private static readonly ParameterDoc KeysAccount = Parameters.AccountId with
    {
        Description = "The account; `*` for keys that span all accounts, which only such keys may touch.",
        Pattern = @"^(\*|[A-Za-z0-9][A-Za-z0-9._-]{0,63})$",
    };

    private static readonly ParameterDoc LetterId = new("id", Place.Path, "The SQS message id.", "5d3c1b2a-0f9e-4d8c-b7a6-958473625140");

    public static RouteDoc ListKeys { get; } = new("API keys", "The API keys of an account", "Without their secrets, oldest first; expired ones too.")
    {
        Parameters = [KeysAccount],
        Answers = [new AnswerDoc(200, "The keys.") { Type = typeof(KeyList), Example = $$"""{"keys":[{{KeyExample}}]}""" }],
        Problems = [400, 401, 403, 503],
    };

    public static RouteDoc CreateKey { get; } = new("API keys", "Make an API key", "The secret is in this answer and nowhere else: its hash is stored.")
    {
        Parameters = [KeysAccount],
        Body = new BodyDoc(typeof(NewKey), "application/json", "What it is for, what it may do, and until when.", """{"name":"shop","roles":["set"],"expiresAt":"2100-01-31T12:00:00.000Z"}"""),
        Answers =
        [
            new AnswerDoc(201, "The key.")
            {
                Type = typeof(KeyCreated),
                Example = """{"id":"k7f3a9","secret":"sg_k7f3a9_a-long-random-text","name":"shop","roles":["set"],"createdAt":"2026-01-31T12:00:00.123Z","expiresAt":"2027-01-31T12:00:00.000Z"}""",
                Headers = [new HeaderDoc("Location", "Where it can be revoked.", "/accounts/acme/keys/k7f3a9")],
            },
        ],
        Problems = [400, 401, 403, 408, 413, 415, 503],
    };

    public static RouteDoc RevokeKey { get; } = new("API keys", "Revoke an API key", "It stops working within five seconds everywhere. Another account's key looks like one that does not exist.")
    {
        Parameters = [KeysAccount, new ParameterDoc("id", Place.Path, "The key's id.", "k7f3a9")],
        Answers = [new AnswerDoc(204, "It is revoked.")],
        Problems = [400, 401, 403, 404, 503],
    };

    public static RouteDoc ListLetters { get; } = new("Dead letters", "Look at dead letters",
        "Oldest first, without consuming them. While they are looked at they are hidden from other look-ups, for a moment.")
    {
        Parameters =
        [
            Parameters.Text("account", "Only those of this account.", "acme"), Parameters.Text("flow", "Only those of this flow.", "orders"),
            Parameters.Text("reason", "Only those with this reason.", "not-json"), Parameters.After with { Description = "The 'next' of an earlier answer." },
            Parameters.Number("limit", "Most dead letters of one page.", 1, 1000, 100),
        ],
        Answers =
        [
            new AnswerDoc(200, "A page; `next` is absent on the last.")
            {
                Type = typeof(DeadLetterPage),
                Example = """{"deadLetters":[{"id":"5d3c1b2a-0f9e-4d8c-b7a6-958473625140","reason":"not-json","detail":"The message is not JSON: line 1, byte 1.","receiveCount":1,"deadAt":"2026-01-31T12:00:00.123Z","accountId":"acme","body":"oops"}],"next":"1769860800123.5d3c1b2a-0f9e-4d8c-b7a6-958473625140"}""",
            },
        ],
        Problems = [400, 401, 403, 503],
    };

    public static RouteDoc RedriveAll { get; } = new("Dead letters", "Send all dead letters back", "SQS moves them to the events queue; those that fail again come back.")
    {
        Answers = [new AnswerDoc(202, "It runs.") { Type = typeof(RedriveList), Example = TasksExample, Headers = [new HeaderDoc("Location", "Where the progress is told.", "/dead-letters/redrive")] }],
        Problems = [401, 403, 409, 503],
    };

    public static RouteDoc Progress { get; } = new("Dead letters", "See how far a redrive is", "The redrives that SQS remembers, newest first.")
    {
        Answers = [new AnswerDoc(200, "The redrives; there may be none.") { Type = typeof(RedriveList), Example = TasksExample }],
        Problems = [401, 403, 503],
    };

    public static RouteDoc RedriveOne { get; } = new("Dead letters", "Send one dead letter back", "Its text goes to the events queue, unchanged.")
    {
        Parameters = [LetterId],
        Answers = [new AnswerDoc(204, "It is back in the events queue.")],
        Problems = [401, 403, 404, 503],
    };

    public static RouteDoc Drop { get; } = new("Dead letters", "Drop one dead letter", "It is gone for good.")
    {
        Parameters = [LetterId],
        Answers = [new AnswerDoc(204, "It is gone.")],
        Problems = [401, 403, 404, 503],
    };
}
