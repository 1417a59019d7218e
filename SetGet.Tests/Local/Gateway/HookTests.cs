using System.Net;
using System.Text;
using System.Text.Json;
using SetGet.Core.Events;

namespace SetGet.Tests.Local.Gateway;

/// <summary><c>POST /hooks/…</c> through the deployed gateway definition: any bytes in, the same bytes in the envelope.</summary>
public sealed class HookTests : IAsyncLifetime
{
    private GatewayHarness _gateway = null!;

    public async ValueTask InitializeAsync()
        => _gateway = await GatewayHarness.StartAsync(("ThrottleRate", "10000"), ("AccountRate", "10000"), ("AccountBurst", "5000"));

    public async ValueTask DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Hook_OfABinaryType_KeepsEveryByte()
    {
        var body = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var envelope = await AcceptAsync("hooks/acme/flow/key", "application/octet-stream", body);
        Assert.True(body.AsSpan().SequenceEqual(envelope.Request.Data.Span));
        Assert.Equal(("acme", "flow", "application/octet-stream"), (envelope.Request.AccountId, envelope.Request.FlowId, envelope.Request.ContentType));
    }

    [Theory]
    [InlineData("image/webp")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Hook_OfBytes_KeepsThem(string contentType)
    {
        byte[] body = [.. "--x\r\n\r\n"u8, 0xff, 0x00, 0xfe, .. "\r\n--x--"u8];
        var envelope = await AcceptAsync("hooks/acme/flow/key", contentType, body);
        Assert.Equal(body, envelope.Request.Data.ToArray());
        Assert.Equal(contentType, envelope.Request.ContentType);
    }

    [Theory]
    [InlineData("application/json", """{"a": 1.10, "b": "it's \"x\" \\ é😀"}""")]
    [InlineData("text/plain; charset=\"x'y\"", "$input.body #set($a=1) &=+% \r\n\t'\\'")]
    [InlineData("application/x-www-form-urlencoded", "Action=DeleteQueue&a=%20+b")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\ncontent\r\n--x--")]
    [InlineData("application/xml", "<a b='c'>&amp;</a>")]
    [InlineData("x", "not a media type")]
    public async Task Hook_OfAText_KeepsIt(string contentType, string text)
    {
        var envelope = await AcceptAsync("hooks/acme/flow/key", contentType, Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, Encoding.UTF8.GetString(envelope.Request.Data.Span));
        Assert.Equal(contentType, envelope.Request.ContentType);
    }

    [Fact]
    public async Task Hook_WithQueryAndHeaders_TakesThem()
    {
        var envelope = await AcceptAsync("hooks/acme/flow/first%3A1?key=b,c,first:1&ttl=60", null, "x"u8.ToArray(), ("webhook-id", "msg_1'\"\\"));
        Assert.Equal(["first:1", "b", "c"], envelope.Request.WebhookKeys);
        Assert.Equal((60, "webhook-id:msg_1'\"\\", "application/octet-stream"), (envelope.Request.TtlSeconds, envelope.Head.IdempotencyKey, envelope.Request.ContentType));
    }

    [Fact]
    public async Task Hook_WithBothIdempotencyHeaders_TakesIdempotencyKey()
    {
        var envelope = await AcceptAsync("hooks/acme/flow/k", "text/plain", "x"u8.ToArray(), ("webhook-id", "one"), ("idempotency-key", "two"));
        Assert.Equal("two", envelope.Head.IdempotencyKey);
    }

    [Fact]
    public async Task Hook_WithTraceContext_CarriesIt()
    {
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var envelope = await AcceptAsync("hooks/acme/flow/k", "text/plain", "x"u8.ToArray(), ("traceparent", Trace));
        Assert.Equal(Trace, envelope.Head.TraceParent);
    }

    [Theory]
    [InlineData("hooks/acme/flow")]
    [InlineData("hooks/acme/flow/")]
    public async Task Hook_WithoutAKey_LeavesItToTheRules(string path)
    {
        var envelope = await AcceptAsync(path, "text/plain", "x"u8.ToArray());
        Assert.Empty(envelope.Request.WebhookKeys);
        Assert.Equal("key1", envelope.Head.Sender);
        Assert.Equal(["k"], (await AcceptAsync(path + "?key=k", "text/plain", "x"u8.ToArray())).Request.WebhookKeys);
    }

    [Fact]
    public async Task Hook_Headers_AreTheEvents()
    {
        (string, string)[] headers =
        [
            ("X-GitHub-Event", "push"), ("X-Odd", "it's \"x\" \\ $input.body #set($a=1)"), ("Authorization", "Bearer secret"), ("Cookie", "a=b"),
            ("X-Forwarded-For", "1.2.3.4"), ("x-amzn-trace-id", "1"), ("Via", "1.1 x"), ("ce-id", "7"),
        ];
        var envelope = await AcceptAsync("hooks/acme/flow/k", "text/plain", "x"u8.ToArray(), headers);
        var expected = new Dictionary<string, string> { ["x-github-event"] = "push", ["x-odd"] = "it's \"x\" \\ $input.body #set($a=1)", ["ce-id"] = "7" };
        Assert.Equal(expected, envelope.Request.Headers);
    }

    [Fact]
    public async Task Hook_HeadersBeyondTheBounds_AreRefused()
    {
        var many = Enumerable.Range(0, HeaderRules.MaxCount).Select(i => ($"x-{i}", "v")).ToArray();
        await AcceptAsync("hooks/acme/flow/k", "text/plain", "x"u8.ToArray(), many);
        await RefuseAsync(400, "hooks/acme/flow/k", "text/plain", "x"u8.ToArray(), [.. many, ("x-one-more", "v")]);
        await AcceptAsync("hooks/acme/flow/k", "text/plain", "x"u8.ToArray(), ("x", new string('v', HeaderRules.MaxBytes - 1)));
        await RefuseAsync(400, "hooks/acme/flow/k", "text/plain", "x"u8.ToArray(), ("x", new string('v', HeaderRules.MaxBytes)));
    }

    [Theory]
    [InlineData("Idempotency-Key", "signed:x")]
    [InlineData("Idempotency-Key", "webhook-id:x")]
    [InlineData("Idempotency-Key", "delivery:x")]
    public async Task Hook_IdOfAnotherKind_IsRefused(string header, string value)
        => await RefuseAsync(400, "hooks/acme/flow/k", "text/plain", "x"u8.ToArray(), (header, value));

    [Theory]
    [InlineData("hooks/a%2Fb/flow/k", "text/plain", 404)]
    [InlineData("hooks/a%22b/flow/k", "text/plain", 400)]
    [InlineData("hooks/acme/fl%22ow/k", "text/plain", 400)]
    [InlineData("hooks/acme/flow/-k", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k%22%2C%22x", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k?key=a%20b", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k?key=%22%5D%2C%22QueueUrl", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k?key=", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k,l", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k%2Cl?key=m", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k?ttl=", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k?ttl=0", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k?ttl=1.5", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k?ttl=60%2C%22x%22%3A1", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k?ttl=2592001", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k", "application/octet-stream; version=1", 415)]
    [InlineData("hooks/acme/flow?key=", "text/plain", 400)]
    [InlineData("hooks/acme/flow/k/l", "text/plain", 404)]
    [InlineData("hooks/acme", "text/plain", 404)]
    [InlineData("signed/acme/fl%22ow", "text/plain", 400)]
    public async Task Hook_WithWrongNames_IsRefused(string path, string contentType, int status)
        => await RefuseAsync(status, path, contentType, "x"u8.ToArray());

    [Fact]
    public async Task Hook_TextThatIsNotUtf8_IsRefusedRatherThanChanged()
        => await RefuseAsync(400, "hooks/acme/flow/k", "text/plain", [0x61, 0xff, 0xfe]);

    [Fact]
    public async Task Hook_Compressed_IsRefused()
        => await RefuseAsync(415, "hooks/acme/flow/k", "application/octet-stream", [1, 2, 3], ("Content-Encoding", "gzip"));

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("text/plain")]
    public async Task Hook_OfExactlyTheLimit_IsTaken_OneByteMoreIsNot(string contentType)
    {
        var limit = EnvelopeWriter.MaxHookBytes(["key", "key2"]);
        var body = Enumerable.Repeat((byte)'x', limit).ToArray();
        var envelope = await AcceptAsync("hooks/acme/flow/key?key=key2", contentType, body);
        Assert.Equal(limit, envelope.Request.Data.Length);
        await RefuseAsync(413, "hooks/acme/flow/key?key=key2", contentType, [.. body, (byte)'x']);
    }

    private async Task<Envelope> AcceptAsync(string path, string? contentType, byte[] body, params (string Name, string Value)[] headers)
    {
        var (answer, queued) = await SendAsync(path, contentType, body, headers);
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
        var envelope = EnvelopeReader.Read(queued!.Value.GetProperty("Body").GetString()!, out var fault);
        Assert.True(envelope is not null, $"{fault?.Reason} {fault?.Detail}");
        var accepted = JsonDocument.Parse(answer.Text).RootElement;
        Assert.Equal(envelope.Id, accepted.GetProperty("id").GetString());
        Assert.Equal(envelope.Request.WebhookKeys, accepted.GetProperty("webhookKeys").EnumerateArray().Select(key => key.GetString()));
        return envelope;
    }

    private async Task RefuseAsync(int status, string path, string contentType, byte[] body, params (string Name, string Value)[] headers)
    {
        var (answer, queued) = await SendAsync(path, contentType, body, headers);
        Assert.True(status == (int)answer.Status, answer.Text);
        Assert.Equal(status, JsonDocument.Parse(answer.Text).RootElement.GetProperty("status").GetInt32());
        Assert.Null(queued);
    }

    private async Task<((HttpStatusCode Status, string Text) Answer, JsonElement? Queued)> SendAsync(
        string path, string? contentType, byte[] body, (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        foreach (var (name, value) in headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _gateway.Http.SendAsync(message);
        return ((answer.StatusCode, await answer.Content.ReadAsStringAsync()), await _gateway.TakeAsync());
    }
}
