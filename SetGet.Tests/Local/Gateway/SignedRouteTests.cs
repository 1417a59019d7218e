using System.Net;
using System.Net.Sockets;
using System.Text;
using SetGet.Core.Events;

namespace SetGet.Tests.Local.Gateway;

/// <summary><c>POST /signed/…</c>: no API key is asked for, and what comes is nobody's yet.</summary>
public sealed class SignedRouteTests : IAsyncLifetime
{
    private GatewayHarness _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHarness.StartAsync();

    public async ValueTask DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Signed_NeedsNoKey_AndIsNobodysYet()
    {
        using var stranger = _gateway.NewClient(key: null);
        using var content = new StringContent("x");
        using var answer = await stranger.PostAsync("signed/acme/flow", content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var queued = (await _gateway.TakeAsync())!.Value;
        Assert.Equal("signed-acme", queued.GetProperty("Attributes").GetProperty("MessageGroupId").GetString());
        var envelope = EnvelopeReader.Read(queued.GetProperty("Body").GetString()!, out _);
        Assert.Equal("unverified", envelope!.Head.Sender);
        using var refused = await stranger.PostAsync("hooks/acme/flow", content);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    /// <summary>A name that is no token of HTTP could write into the envelope: it is dropped, or refused.</summary>
    [Theory]
    [InlineData("a\":\"b\"},\"addedKeys\":[],\"x\":{\"y")]
    [InlineData("x\\")]
    [InlineData("a\"b")]
    public async Task Signed_HeaderNameThatJsonMustEscape_WritesNothingIntoTheEnvelope(string name)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_gateway.Http.BaseAddress!.Host, _gateway.Http.BaseAddress.Port);
        var request = $"POST /v1/signed/acme/flow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/plain\r\nX-Mine: 1\r\n{name}: v\r\nContent-Length: 1\r\n\r\nx";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var answer = await reader.ReadToEndAsync(limit.Token);

        if (answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal)) return;
        Assert.StartsWith("HTTP/1.1 202", answer, StringComparison.Ordinal);
        var envelope = EnvelopeReader.Read((await _gateway.TakeAsync())!.Value.GetProperty("Body").GetString()!, out var fault);
        Assert.Null(fault);
        Assert.Null(envelope!.Head.AddedKeys);
        Assert.Equal(["x-mine"], envelope.Request.Headers.Keys);
    }
}
