using System.Security.Cryptography;
using System.Text;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;

namespace SetGet.Tests.Core.Senders;

/// <summary>What a flow lets in, and as what.</summary>
public sealed class FlowDoorTests
{
    private const string Secret = "a secret of the sender's, long enough";
    private const string Body = """{"id":"evt_1","order":7}""";

    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // When the secret was added and removed, minutes from the acceptance; whether the webhook is signed; whether its sender has an API key.
    [InlineData(-5, null, true, false, null)]
    [InlineData(-5, null, false, true, "signature-missing")]
    [InlineData(-5, null, false, false, "signature-missing")]
    [InlineData(-5, 5, true, false, null)] // removed while it waited in the queue
    [InlineData(-5, -1, true, false, "signature-missing")] // nobody can sign any more
    [InlineData(-5, -1, false, true, null)] // and an API key is enough again
    [InlineData(5, null, false, true, null)] // needed no signature when it came
    [InlineData(5, null, true, false, null)] // sent back by an operator who has set the right secret since
    [InlineData(5, null, false, false, "signature-missing")]
    public void Signature_CountsAtTheTimeOfAcceptance(int added, int? removed, bool isSigned, bool isKnown, string? reason)
    {
        var secret = new FlowSecret("1", "github", Secret, Now.AddMinutes(added), removed is { } minutes ? Now.AddMinutes(minutes) : null);
        var passage = Door([secret]).Judge(Webhook(isSigned ? GitHub(Body) : []), isKnown, null, "id");
        Assert.Equal(reason, passage.Fault?.Reason);
    }

    [Fact]
    public void Signature_OfAnotherBody_IsInvalid()
    {
        var passage = Door([Own("github")]).Judge(Webhook(GitHub(Body + " ")), isKnown: false, null, "id");
        Assert.Equal("signature-invalid", passage.Fault?.Reason);
    }

    [Fact]
    public void Scheme_WithoutItsSecret_LetsNobodyIn()
    {
        var passage = Door([], new FlowSource { Scheme = "github" }).Judge(Webhook(GitHub(Body)), isKnown: true, null, "id");
        Assert.Equal("signature-missing", passage.Fault?.Reason);
        Assert.Contains("no signing secret", passage.Fault?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Identity_OfWhatIsOnlySigned_IsWhatTheSignatureCovers()
    {
        var door = Door([Own("github")], new FlowSource { IdHeader = "X-GitHub-Delivery" });
        var first = door.Judge(Webhook([.. GitHub(Body), new("x-github-delivery", "1")]), isKnown: false, "mine", "id").IdempotencyKey;
        var caught = door.Judge(Webhook([.. GitHub(Body), new("x-github-delivery", "2")]), isKnown: false, "other", "id").IdempotencyKey;
        Assert.StartsWith(IdempotencyKeys.Signed, first, StringComparison.Ordinal);
        Assert.Equal(first, caught);
    }

    [Fact]
    public void Identity_OfAKnownSender_IsTheSourcesHeader_UnlessItNamesAKey()
    {
        var door = Door([], new FlowSource { IdHeader = "X-GitHub-Delivery" });
        var delivery = Webhook([new("x-github-delivery", "1")]);
        var other = Webhook([new("x-github-delivery", "2")]);
        Assert.StartsWith(IdempotencyKeys.Delivery, door.Judge(delivery, isKnown: true, null, "id").IdempotencyKey, StringComparison.Ordinal);
        Assert.NotEqual(door.Judge(delivery, isKnown: true, null, "id").IdempotencyKey, door.Judge(other, isKnown: true, null, "id").IdempotencyKey);
        Assert.Equal("mine", door.Judge(delivery, isKnown: true, "mine", "id").IdempotencyKey);
        Assert.Null(door.Judge(Webhook([]), isKnown: true, null, "id").IdempotencyKey);
    }

    [Fact]
    public void Identity_ByAPointerIntoASignedBody_IsTheSameInEveryAttempt()
    {
        var door = Door([Own("stripe")], new FlowSource { IdPointer = "/id" });
        var keys = new[] { 0, 60 }.Select(seconds => door.Judge(Webhook(Stripe(Now.AddSeconds(-seconds))), isKnown: false, null, "id").IdempotencyKey).Distinct();
        Assert.StartsWith(IdempotencyKeys.Delivery, Assert.Single(keys), StringComparison.Ordinal);
    }

    [Fact]
    public void Token_IsNeverKept()
    {
        var passage = Door([Own("gitlab")]).Judge(Webhook([new("x-gitlab-token", Secret), new("x-gitlab-event", "push")]), isKnown: false, null, "id");
        Assert.Null(passage.Fault);
        Assert.Equal(["x-gitlab-event"], passage.Request.Headers.Keys);
        Assert.Empty(Door([]).Judge(Webhook([new("x-gitlab-token", Secret)]), isKnown: true, null, "id").Request.Headers);
    }

    [Fact]
    public void Rules_AddToTheKeysThatTheCallerNames()
    {
        var passage = Door([], new FlowSource { KeyRules = ["order-{/order}", "own", "{id}"] }).Judge(Webhook([], "own", "k"), isKnown: true, null, "the-id");
        Assert.Equal(["own", "k", "order-7", "the-id"], passage.Request.WebhookKeys);
    }

    [Theory]
    [InlineData("{/nothing}", "application/json", Body, "no-webhook-key")]
    [InlineData(null, "application/json", Body, "no-webhook-key")]
    [InlineData("{/order}", "application/json", "{", "invalid-request")]
    [InlineData("{/order}", "text/plain", "{", "no-webhook-key")]
    public void Event_WithoutAKey_IsRefused(string? rule, string contentType, string body, string reason)
    {
        var source = rule is null ? null : new FlowSource { KeyRules = [rule] };
        var webhook = Webhook([]) with { WebhookKeys = [], ContentType = contentType, Data = Encoding.UTF8.GetBytes(body) };
        Assert.Equal(reason, Door([], source).Judge(webhook, isKnown: true, null, "id").Fault?.Reason);
    }

    private static FlowDoor Door(IReadOnlyList<FlowSecret> secrets, FlowSource? source = null)
    {
        var errors = new InputErrors();
        var ready = source?.Ready(errors);
        Assert.Equal("", errors.ToString());
        return new FlowDoor(secrets, ready, Now, TimeSpan.FromMinutes(5));
    }

    private static FlowSecret Own(string scheme) => new("1", scheme, Secret, Now.AddDays(-1));

    private static EventRequest Webhook(IEnumerable<KeyValuePair<string, string>> headers, params string[] keys) => new()
    {
        AccountId = "acme",
        FlowId = "flow",
        WebhookKeys = keys.Length == 0 ? ["k"] : keys,
        Data = Encoding.UTF8.GetBytes(Body),
        Headers = headers.ToDictionary(),
    };

    private static KeyValuePair<string, string>[] GitHub(string body) => [new("x-hub-signature-256", "sha256=" + Hex(body))];

    private static KeyValuePair<string, string>[] Stripe(DateTimeOffset at)
        => [new("stripe-signature", $"t={at.ToUnixTimeSeconds()},v1={Hex($"{at.ToUnixTimeSeconds()}.{Body}")}")];

    private static string Hex(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));
}
