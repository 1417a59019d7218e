using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace SetGet.Tests.Senders;

/// <summary>One delivery of a public sender, as it puts it on the wire.</summary>
internal sealed record Delivery(string ContentType, string Body, params (string Name, string Value)[] Headers)
{
    public HttpRequestMessage ToMessage(string url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}

/// <summary>A sender that cannot be changed: how it signs, and how a flow is told of it. Bodies have the shape that each documents.</summary>
/// <param name="Source">The body of <c>PUT …/source</c>.</param>
/// <param name="Send">A delivery that is signed with a secret at a time; the last is what makes it another delivery.</param>
/// <param name="Keys">The webhook keys that KP reads it by.</param>
internal sealed record PublicSender(string Scheme, string Secret, string Source, Func<string, DateTimeOffset, string, Delivery> Send, params string[] Keys)
{
    private const string Text = "a secret of the sender's, long enough";
    private const string Form = "application/x-www-form-urlencoded";

    public static IReadOnlyDictionary<string, PublicSender> All { get; } = new PublicSender[]
    {
        new("standard", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", """{"scheme":"standard","keyRules":["contact-{/data/id}","{header:webhook-id}"]}""",
            (secret, time, id) => Standard("webhook", secret, time, id, """{"type":"contact.created","data":{"id":"1f81eb52"}}"""), "contact-1f81eb52"),
        new("svix", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", """{"scheme":"svix","keyRules":["user:{/data/id}"]}""",
            (secret, time, id) => Standard("svix", secret, time, id, """{"type":"user.created","data":{"id":"user_29w83"}}"""), "user:user_29w83"),
        new("github", Text, """{"scheme":"github","keyRules":["{header:X-GitHub-Event}:{/repository/full_name}","commit-{/commits/0/id}"]}""",
            (secret, _, id) => GitHub(secret, id), "push:octo-org:2Fhello", "commit-7fd1a60b01f9"),
        new("stripe", Text, """{"scheme":"stripe","keyRules":["{/type}","customer:{/data/object/customer}"],"idPointer":"/id"}""",
            Stripe, "invoice.paid", "customer:cus_NffrFeUfNV2Hib"),
        new("slack", Text, """{"scheme":"slack","keyRules":["channel-{/event/channel}"],"idPointer":"/event_id"}""",
            Slack, "channel-C0LAN2Q65"),
        new("shopify", Text, """{"scheme":"shopify","keyRules":["order-{/id}","sku:{/tags}"]}""",
            (secret, _, id) => Shopify(secret, id), "order-820982911946154508", "sku:red", "sku:blue:2Fgreen"),
        new("twilio", Text, """{"scheme":"twilio","url":"https://hooks.example.com/in?x=1","keyRules":["sms-{/MessageSid}","from:{/From}"]}""",
            (secret, _, id) => Twilio(secret, id), "from::2B14158675309"),
        new("mailgun", Text, """{"scheme":"mailgun","keyRules":["mail-{/event-data/event}"]}""", Mailgun, "mail-opened"),
        new("gitlab", Text, """{"scheme":"gitlab","keyRules":["{/object_kind}:{/project/path_with_namespace}"],"idHeader":"X-Gitlab-Event-UUID"}""",
            (secret, _, id) => new Delivery("application/json", """{"object_kind":"push","project":{"path_with_namespace":"mike/diaspora"}}""",
                ("X-Gitlab-Event", "Push Hook"), ("X-Gitlab-Event-UUID", id), ("X-Gitlab-Token", secret)), "push:mike:2Fdiaspora"),
        new("custom", Text, """
            {"scheme":"custom","custom":{"header":"X-Sig","algorithm":"sha512","encoding":"base64","prefix":"hmac ","timestampHeader":"X-When","signed":"{timestamp}\n{body}"},
             "keyRules":["{id}","thing-{/thing}"]}
            """, Custom, "thing-7"),
    }.ToDictionary(sender => sender.Scheme);

    private static Delivery Standard(string family, string secret, DateTimeOffset time, string id, string body)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{Seconds(time)}.{body}"));
        return new("application/json", body, (family + "-id", id), (family + "-timestamp", Seconds(time)), (family + "-signature", "v1," + Convert.ToBase64String(signature)));
    }

    private static Delivery GitHub(string secret, string id)
    {
        var body = $$"""{"ref":"refs/heads/main","after":"{{id}}","repository":{"id":1296269,"full_name":"octo-org/hello"},"commits":[{"id":"7fd1a60b01f9"}]}""";
        return new("application/json", body, ("X-GitHub-Event", "push"), ("X-GitHub-Delivery", Guid.NewGuid().ToString()), ("X-Hub-Signature-256", "sha256=" + Hex(secret, body)));
    }

    private static Delivery Stripe(string secret, DateTimeOffset time, string id)
    {
        var body = $$$"""{"id":"{{{id}}}","object":"event","type":"invoice.paid","data":{"object":{"customer":"cus_NffrFeUfNV2Hib","amount_paid":1.10} } }""";
        return new("application/json; charset=utf-8", body, ("Stripe-Signature", $"t={Seconds(time)},v1={Hex(secret, $"{Seconds(time)}.{body}")},v0=6ffbb59b"));
    }

    private static Delivery Slack(string secret, DateTimeOffset time, string id)
    {
        var body = $$$"""{"type":"event_callback","event_id":"{{{id}}}","event":{"type":"message","channel":"C0LAN2Q65","text":"\u00e9 \ud83d\ude00"}}""";
        return new("application/json", body, ("X-Slack-Request-Timestamp", Seconds(time)), ("X-Slack-Signature", "v0=" + Hex(secret, $"v0:{Seconds(time)}:{body}")));
    }

    private static Delivery Shopify(string secret, string id)
    {
        var body = $$$"""{"id":820982911946154508,"token":"{{{id}}}","total_price":"403.00","tags":["red","blue/green"]}""";
        var signature = Convert.ToBase64String(Hmac(secret, body));
        return new("application/json", body, ("X-Shopify-Topic", "orders/create"), ("X-Shopify-Webhook-Id", Guid.NewGuid().ToString()), ("X-Shopify-Hmac-Sha256", signature));
    }

    private static Delivery Twilio(string secret, string id)
    {
        var body = $"MessageSid={id}&From=%2B14158675309&To=%2B18005551212&Body=Hello+there%21";
        var signed = $"https://hooks.example.com/in?x=1BodyHello there!From+14158675309MessageSid{id}To+18005551212";
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(signed));
        return new(Form, body, ("X-Twilio-Signature", Convert.ToBase64String(hmac.GetHashAndReset())));
    }

    private static Delivery Mailgun(string secret, DateTimeOffset time, string id)
    {
        var signature = Hex(secret, Seconds(time) + id);
        var parts = $$$"""{"timestamp":"{{{Seconds(time)}}}","token":"{{{id}}}","signature":"{{{signature}}}" }""";
        return new("application/json", $$"""{"signature":{{parts}},"event-data":{"event":"opened"} }""");
    }

    private static Delivery Custom(string secret, DateTimeOffset time, string id)
    {
        var body = $$"""{"thing":7,"n":"{{id}}"}""";
        var signature = HMACSHA512.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{Seconds(time)}\n{body}"));
        return new("application/vnd.thing+json", body, ("X-When", Seconds(time)), ("X-Sig", "hmac " + Convert.ToBase64String(signature)));
    }

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static byte[] Hmac(string secret, string text) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text));

    private static string Hex(string secret, string text) => Convert.ToHexStringLower(Hmac(secret, text));
}
