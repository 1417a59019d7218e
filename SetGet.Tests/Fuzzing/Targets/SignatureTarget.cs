using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Senders;
using SetGet.Core.Signing;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>
/// Webhooks at a flow's door, signed by every scheme: <c>HEX[prefix]</c> and <c>B64[prefix]</c> in a header stand for the signature of prefix and body. Nothing is
/// thrown, no credential is kept, and what was changed behind its signature does not come in.
/// </summary>
internal sealed partial class SignatureTarget() : FuzzTarget("signature")
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "01a1ff74-7772-7857-a1bd-87ddf75ab44d";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1763740000);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Their senders prove who they are, and not what they send; or what is signed is not the bytes.</summary>
    private static readonly string[] NotOfTheBytes = ["gitlab", "graph", "mailgun", "twilio"];

    private static readonly Dictionary<string, FlowDoor> Doors = SignatureSchemes.All.Keys.Append(SignatureSchemes.Custom).ToDictionary(name => name, DoorOf);

    public override IEnumerable<string> Seeds { get; } =
    [
        "standard\nwebhook-id: msg_1\nwebhook-timestamp: 1763740000\nwebhook-signature: v1,STD[msg_1.1763740000.] v1a,AAAA\n\n{\"id\":\"e1\"}",
        "svix\nsvix-id: msg_1\nsvix-timestamp: 1763740000\nsvix-signature: v1,STD[msg_1.1763740000.]\n\n{\"id\":\"e1\"}",
        "github\nx-hub-signature-256: sha256=HEX[]\nx-event: push\n\n{\"id\":\"e1\"}",
        "shopify\nx-shopify-hmac-sha256: B64[]\n\n{\"id\":\"e1\"}",
        "slack\nx-slack-signature: v0=HEX[v0:1763740000:]\nx-slack-request-timestamp: 1763740000\n\n{\"type\":\"url_verification\",\"challenge\":\"c\"}",
        "zoom\nx-zm-signature: v0=HEX[v0:1763740000:]\nx-zm-request-timestamp: 1763740000\n\n{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"t\"}}",
        "stripe\nstripe-signature: t=1763740000,v1=HEX[1763740000.],v0=x\n\n{\"id\":\"e1\"}",
        "twilio\nx-twilio-signature: AAAA\n\na=b&c=d",
        $"mailgun\n\n{{\"id\":\"e1\",\"signature\":{{\"timestamp\":\"1763740000\",\"token\":\"abc\",\"signature\":\"{Convert.ToHexStringLower(Hmac("1763740000abc", []))}\"}}}}",
        $"graph\n\n{{\"value\":[{{\"clientState\":\"{Secret}\",\"id\":\"e1\"}}]}}",
        $"gitlab\nx-gitlab-token: {Secret}\n\n{{\"id\":\"e1\"}}",
        "custom\nx-sig: HEX[1763740000.]\nx-time: 1763740000\n\n{\"id\":\"e1\"}",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        .. SignatureSchemes.All.Keys, "STD[", "HEX[", "B64[", "]", "v1,", "v1a,", "t=", "v1=", "sha256=", "1763740000", "1763739000", "webhook-id: ", "x-hub-signature-256: ", "\n\n",
        "{\"signature\":{", "\"timestamp\":", "\"token\":", "\"value\":[", "\"clientState\":", "\"id\":", Secret, "=", "{", "}", "null", "\"", "&",
    ];

    public override int AllocationPerByte => 600;

    public override double Weight => 5;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        if (Read(input) is not { } webhook) return;
        var (door, request) = webhook;
        var passage = door.Judge(request, isKnown: false, null, Id);
        Require(passage.Fault is not null || !passage.Request.Headers.Keys.Any(SignatureSchemes.IsCredential), "No credential is kept.");
        Require(passage.IdempotencyKey is null || passage.IdempotencyKey.Length <= Names.MaxIdempotencyKeyLength, "The delivery's key is one.");
        _ = door.Judge(request, isKnown: true, "key", Id);
        _ = door.Answer(request, static name => name);
        _ = door.Answer(isOptions: false, static name => name, name => request.Headers.GetValueOrDefault(name));
    }

    public override void Check(ReadOnlyMemory<byte> input)
    {
        if (Read(input) is not { } webhook || webhook.Request.Data.IsEmpty) return;
        var (door, request) = webhook;
        if (NotOfTheBytes.Contains(Encoding.UTF8.GetString(input.Span).Split('\n')[0]) || door.Judge(request, isKnown: false, null, Id).Fault is not null) return;
        var changed = request.Data.ToArray();
        changed[^1] ^= 1;
        Require(door.Judge(request with { Data = changed }, isKnown: false, null, Id).Fault?.Reason == DeadLetterReasons.SignatureInvalid, "What is changed is refused.");
    }

    private static (FlowDoor Door, EventRequest Request)? Read(ReadOnlyMemory<byte> input)
    {
        var (head, body) = Split(input);
        if (!Doors.TryGetValue(head[0], out var door)) return null;
        var headers = head.Skip(1).Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2)
            .Select(parts => KeyValuePair.Create(parts[0], Signed().Replace(parts[1], match => Sign(match.Groups["how"].Value, match.Groups["prefix"].Value, body))));
        var request = EventRequest.Create("a", "f", ["k"], null, head[0] == "twilio" ? "application/x-www-form-urlencoded" : "application/json", headers, new InputErrors());
        return request is null ? null : (door, request with { Data = body });
    }

    private static FlowDoor DoorOf(string scheme)
    {
        var source = new FlowSource
        {
            Scheme = scheme,
            Custom = scheme == SignatureSchemes.Custom ? new HmacDescription("X-Sig", TimestampHeader: "X-Time", Signed: "{timestamp}.{body}") : null,
            KeyRules = ["{/id}"],
            IdPointer = "/id",
            Url = "https://a.example/hook",
        }.Ready(new InputErrors())!;
        return new FlowDoor([new FlowSecret("s", scheme, Secret, DateTimeOffset.UnixEpoch)], source, Now, Tolerance);
    }

    private static string Sign(string how, string prefix, ReadOnlyMemory<byte> body) => how switch
    {
        "HEX" => Convert.ToHexStringLower(Hmac(prefix, body.Span)),
        "B64" => Convert.ToBase64String(Hmac(prefix, body.Span)),
        _ => Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret[6..]), (byte[])[.. Encoding.UTF8.GetBytes(prefix), .. body.Span])),
    };

    private static byte[] Hmac(string prefix, ReadOnlySpan<byte> body) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.UTF8.GetBytes(prefix), .. body]);

    [GeneratedRegex(@"(?<how>HEX|B64|STD)\[(?<prefix>[^\]]*)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Signed();
}
