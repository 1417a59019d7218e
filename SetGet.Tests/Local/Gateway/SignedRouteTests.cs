using System.Net;
using SetGet.Core.Events;

namespace SetGet.Tests.Local.Gateway;

/// <summary><c>POST /signed/…</c>: no API key is asked for, and what comes is nobody's yet.</summary>
public sealed class SignedRouteTests : IAsyncLifetime
{
    private GatewayHarness _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayHarness.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

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
}
