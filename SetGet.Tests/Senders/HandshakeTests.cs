using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using SetGet.Tests.Api;

namespace SetGet.Tests.Senders;

/// <summary>What senders ask before they send: answered by the flow's source, and by nothing that a body says.</summary>
[Collection(ApiCollection.Name)]
public sealed class HandshakeTests(ApiStack stack)
{
    private const string Secret = "a secret of the sender's, long enough";
    private const string SlackChallenge = """{"token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}""";
    private const string ZoomChallenge = """{"event":"endpoint.url_validation","payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1654503849680}""";

    private readonly string _account = ApiStack.NewAccount();

    [Fact]
    public async Task Slack_Challenge_IsAnsweredWhereItIsSigned()
    {
        await ConnectAsync("slack", """{"scheme":"slack"}""");
        var (status, text) = await SendAsync(Slack(SlackChallenge, Secret));
        Assert.Equal((HttpStatusCode.OK, "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"), (status, text));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Slack(SlackChallenge, "another secret, long enough"))).Status);
    }

    [Fact]
    public async Task Challenge_InAFlowThatHasNone_IsAnEventLikeAnyOther()
    {
        await ConnectAsync("slack", """{"keyRules":["{/type}"]}""");
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(Slack(SlackChallenge, Secret))).Status);
        using var read = await stack.Root.GetAsync($"/get/url_verification?account={_account}&wait=20");
        Assert.Equal(SlackChallenge, await read.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Zoom_Challenge_IsAnsweredWithItsHash()
    {
        await ConnectAsync("zoom", """{"scheme":"zoom"}""");
        var (status, text) = await SendAsync(Zoom(ZoomChallenge));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal($$"""{"plainToken":"qgg8vlvZRS6UYooatFL8Aw","encryptedToken":"{{Hex("qgg8vlvZRS6UYooatFL8Aw")}}"}""", text);
    }

    [Fact]
    public async Task Graph_ValidationToken_ComesBackAsText()
    {
        await ConnectAsync("graph", """{"scheme":"graph","keyRules":["{/value/0/resource}"]}""");
        var (status, text) = await SendAsync(Post("", "?validationToken=Validation%3A+Testing+client+application"));
        Assert.Equal((HttpStatusCode.OK, "Validation: Testing client application"), (status, text));
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(Post($$"""{"value":[{"clientState":"{{Secret}}","resource":"me"}]}"""))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Post("""{"value":[{"clientState":"guessed","resource":"me"}]}"""))).Status);
    }

    [Fact]
    public async Task Meta_Challenge_IsAnsweredForTheTokenAlone()
    {
        await ConnectAsync("meta", """{"scheme":"meta"}""");
        using var added = await stack.Root.PostAsJsonAsync($"/accounts/{_account}/flows/f/signing", new { scheme = "verify-token", secret = "a token of more than 16" });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var right = await SendAsync(Get("?hub.mode=subscribe&hub.verify_token=a%20token%20of%20more%20than%2016&hub.challenge=1158201444"));
        Assert.Equal((HttpStatusCode.OK, "1158201444"), right);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(Get("?hub.mode=subscribe&hub.verify_token=guessed&hub.challenge=1158201444"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(Get($"?hub.mode=subscribe&hub.verify_token={Uri.EscapeDataString(Secret)}&hub.challenge=1"))).Status);
    }

    [Fact]
    public async Task Dropbox_Challenge_ComesBack_AsNoPage()
    {
        await ConnectAsync("dropbox", """{"scheme":"dropbox"}""");
        using var request = Get("?challenge=%3Cscript%3E");
        using var answer = await stack.Client(null).SendAsync(request);
        Assert.Equal("<script>", await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(Get("?challenge=" + new string('x', 1025)))).Status);
    }

    [Fact]
    public async Task Okta_Challenge_ComesBackAsJson()
    {
        await ConnectAsync("github", """{"handshake":"okta"}""");
        var request = Get("");
        request.Headers.Add("x-okta-verification-challenge", "a\"b");
        Assert.Equal((HttpStatusCode.OK, """{"verification":"a\u0022b"}"""), await SendAsync(request));
    }

    [Fact]
    public async Task CloudEvents_Validation_AllowsTheOrigin_WhereTheFlowSaysSo()
    {
        await ConnectAsync("github", """{"handshake":"cloudevents"}""");
        using var request = new HttpRequestMessage(HttpMethod.Options, Path);
        request.Headers.Add("WebHook-Request-Origin", "eventemitter.example.com");
        using var answer = await stack.Client(null).SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("eventemitter.example.com", answer.Headers.GetValues("WebHook-Allowed-Origin").Single());
        using var nothing = new HttpRequestMessage(HttpMethod.Options, $"/hooks/{_account}/another");
        nothing.Headers.Add("WebHook-Request-Origin", "eventemitter.example.com");
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(nothing)).Status);
    }

    private string Path => $"/hooks/{_account}/f";

    private async Task ConnectAsync(string scheme, string source)
    {
        using var secret = await stack.Root.PostAsJsonAsync($"/accounts/{_account}/flows/f/signing", new { scheme, secret = Secret });
        Assert.Equal(HttpStatusCode.Created, secret.StatusCode);
        using var put = await stack.Root.PutAsync($"/accounts/{_account}/flows/f/source", Calls.Json(source));
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await stack.Client(null).SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    private HttpRequestMessage Get(string query) => new(HttpMethod.Get, Path + query);

    private HttpRequestMessage Post(string body, string query = "") => new(HttpMethod.Post, Path + query) { Content = Calls.Json(body) };

    private HttpRequestMessage Slack(string body, string secret)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = Post(body);
        request.Headers.Add("X-Slack-Request-Timestamp", time);
        request.Headers.Add("X-Slack-Signature", "v0=" + Hex($"v0:{time}:{body}", secret));
        return request;
    }

    private HttpRequestMessage Zoom(string body)
    {
        var time = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = Post(body);
        request.Headers.Add("x-zm-request-timestamp", time);
        request.Headers.Add("x-zm-signature", "v0=" + Hex($"v0:{time}:{body}"));
        return request;
    }

    private static string Hex(string text, string secret = Secret)
        => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
}
