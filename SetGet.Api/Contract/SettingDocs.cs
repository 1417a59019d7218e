using SetGet.Api.Settings;
using SetGet.Core.Accounts;

namespace SetGet.Api.Contract;

/// <summary>The documents of the settings' routes.</summary>
internal static class SettingDocs
{
    private static readonly int[] Reading = [400, 401, 403, 503];
    private static readonly int[] Writing = [400, 401, 403, 408, 413, 415, 503];
    private static readonly ParameterDoc[] Account = [Parameters.AccountId];
    private static readonly ParameterDoc[] Flow = [Parameters.AccountId, Parameters.FlowId];

    public static RouteDoc GetTtl(bool isFlow) => new("Settings", $"The TTL of {Of(isFlow)}", "The one that holds for an event accepted now, and where it comes from: `flow`, `account` or `default`.")
    {
        Parameters = isFlow ? Flow : Account,
        Answers = [InForce(isFlow)],
        Problems = Reading,
    };

    public static RouteDoc PutTtl(bool isFlow) => new("Settings", $"Set the TTL of {Of(isFlow)}", "Holds for events that are accepted from then on, within five seconds in every process.")
    {
        Parameters = isFlow ? Flow : Account,
        Body = new BodyDoc(typeof(TtlSetting), "application/json", "Whole seconds, within the configured bounds.", """{"ttlSeconds":3600}"""),
        Answers = [InForce(isFlow)],
        Problems = Writing,
    };

    public static RouteDoc DeleteTtl(bool isFlow) => new("Settings", $"Remove the TTL of {Of(isFlow)}", "What is above it holds again. Removing what is not set changes nothing.")
    {
        Parameters = isFlow ? Flow : Account,
        Answers = [new AnswerDoc(204, "It is not set.")],
        Problems = Reading,
    };

    public static RouteDoc GetLimits { get; } = new("Settings", "The limits of an account", "0 means no limit.")
    {
        Parameters = Account,
        Answers = [LimitsAnswer],
        Problems = Reading,
    };

    public static RouteDoc PutLimits { get; } = new("Settings", "Set the limits of an account", "All of them; one that is left out is 0, no limit.")
    {
        Parameters = Account,
        Body = new BodyDoc(typeof(LimitSettings), "application/json", "The limits.", LimitsExample),
        Answers = [LimitsAnswer],
        Problems = Writing,
    };

    public static RouteDoc DeleteLimits { get; } = new("Settings", "Remove the limits of an account", "The configured defaults hold again.")
    {
        Parameters = Account,
        Answers = [new AnswerDoc(204, "The defaults hold.")],
        Problems = Reading,
    };

    public static RouteDoc ListSecrets { get; } = new("Settings", "The signing secrets of a flow", "Without the secrets themselves, oldest first.")
    {
        Parameters = Flow,
        Answers = [new AnswerDoc(200, "The secrets; there may be none.") { Type = typeof(SecretList), Example = $$"""{"secrets":[{{SecretExample}}]}""" }],
        Problems = Reading,
    };

    public static RouteDoc AddSecret { get; } = new("Settings", "Add a signing secret to a flow",
        "From then on, within five seconds in every process, the flow accepts signed webhooks only. To rotate: add the new one, change the sender, remove the old one.")
    {
        Parameters = Flow,
        Body = new BodyDoc(typeof(NewSecret), "application/json", "The scheme `standard`, `github` or `stripe`, and the secret as the sender has it.",
            """{"scheme":"github","secret":"a-long-random-secret"}"""),
        Answers = [new AnswerDoc(201, "The secret is set. It is never shown again.") { Type = typeof(SecretInfo), Example = SecretExample, Headers = [new HeaderDoc("Location", "Where it can be removed.", "/accounts/acme/flows/orders/signing/1f2e3d4c")] }],
        Problems = Writing,
    };

    public static RouteDoc RemoveSecret { get; } = new("Settings", "Remove a signing secret", "Once the last is removed, the flow's webhooks need an API key again.")
    {
        Parameters = [.. Flow, new ParameterDoc("id", Place.Path, "The secret's id.", "1f2e3d4c")],
        Answers = [new AnswerDoc(204, "It is gone.")],
        Problems = [400, 401, 403, 404, 503],
    };

    private const string LimitsExample = """{"requestsPerSecond":100,"burst":200,"maxKeysPerEvent":50,"maxLiveEvents":1000000,"maxLiveBytes":1073741824}""";
    private const string SecretExample = """{"id":"1f2e3d4c","scheme":"github","createdAt":"2026-01-31T12:00:00.123Z"}""";

    private static AnswerDoc LimitsAnswer => new(200, "The limits that hold.") { Type = typeof(LimitSettings), Example = LimitsExample };

    private static AnswerDoc InForce(bool isFlow) => new(200, "The TTL that holds.")
    {
        Type = typeof(TtlInForce),
        Example = isFlow ? """{"ttlSeconds":3600,"source":"flow"}""" : """{"ttlSeconds":3600,"source":"account"}""",
    };

    private static string Of(bool isFlow) => isFlow ? "a flow" : "an account";
}
