using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SetGet.Client;
using SetGet.Tests.Api;
using SetGet.Tests.Local.Gateway;

namespace SetGet.Tests.Client;

/// <summary>The client as a sender of webhooks, through the API and through the gateway, with a key and without.</summary>
[Collection(BothWaysInCollection.Name)]
public sealed class ClientSenderTests(BothWaysIn stack)
{
    [Theory]
    [InlineData("api", "hooks")]
    [InlineData("gateway", "signed")]
    public async Task Hook_SignedWithoutAKey_IsReadWithItsHeaders(string way, string path)
    {
        var flow = $"client-{way}-{Guid.NewGuid():N}";
        var secret = StandardWebhooks.NewSecret();
        using var added = await stack.Api.PostAsJsonAsync($"/accounts/{BothWaysIn.Account}/flows/{flow}/signing", new { scheme = "standard", secret });
        Assert.True(added.IsSuccessStatusCode);
        await using var services = Services(o =>
        {
            o.BaseAddress = (way == "api" ? stack.Api : stack.Gateway).BaseAddress;
            o.SigningSecret = secret;
            o.HooksPath = path;
        });
        var sender = services.GetRequiredService<ISetGetClient>();
        var hook = new HookEvent
        {
            FlowId = flow,
            WebhookKeys = [flow, flow + ":2"],
            Body = "<a/>"u8.ToArray(),
            ContentType = "text/xml",
            Headers = new Dictionary<string, string> { ["X-Topic"] = "a" },
            Ttl = TimeSpan.FromMinutes(1),
            Id = "delivery-1",
        };

        var accepted = await sender.HookAsync(hook);
        await sender.HookAsync(hook);

        Assert.Equal([flow, flow + ":2"], accepted.WebhookKeys);
        await using var reading = Services(o => (o.BaseAddress, o.ApiKey) = (stack.Api.BaseAddress, ApiStack.RootKey));
        var reader = reading.GetRequiredService<ISetGetClient>();
        var found = await reader.WaitAsync(flow + ":2", TimeSpan.FromSeconds(20));
        Assert.Equal(("<a/>", "text/xml", "a"), (Encoding.UTF8.GetString(found!.Data.Span), found.ContentType, found.Headers["x-topic"]));
        Assert.Equal(TimeSpan.FromMinutes(1), found.ExpiresAt - found.AcceptedAt);
        await foreach (var each in reader.EventsAsync(flow)) Assert.Equal("a", each.Event.Headers["x-topic"]);
    }

    [Fact]
    public async Task Hook_WithAWrongSecret_IsAnException()
    {
        var flow = $"client-{Guid.NewGuid():N}";
        using var added = await stack.Api.PostAsJsonAsync(
            $"/accounts/{BothWaysIn.Account}/flows/{flow}/signing", new { scheme = "standard", secret = StandardWebhooks.NewSecret() });
        await using var services = Services(o => (o.BaseAddress, o.SigningSecret) = (stack.Api.BaseAddress, StandardWebhooks.NewSecret()));

        var thrown = await Assert.ThrowsAsync<SetGetException>(
            () => services.GetRequiredService<ISetGetClient>().HookAsync(new HookEvent { FlowId = flow, WebhookKeys = ["k"], Body = "1"u8.ToArray() }));

        Assert.Equal("urn:setget:problem:bad-signature", thrown.Type);
    }

    [Theory]
    [InlineData("whsec_short", "hooks", "SigningSecret")]
    [InlineData(null, "hooks", "ApiKey")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "webhooks", "HooksPath")]
    public void Options_ThatCannotWork_AreNamed(string? secret, string path, string setting)
    {
        using var services = Services(o => (o.BaseAddress, o.SigningSecret, o.HooksPath) = (new Uri("http://localhost"), secret, path));
        var thrown = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<SetGetClientOptions>>().Value);
        Assert.Contains(setting, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_IsWhatTheSpecificationSays()
    {
        var signature = StandardWebhooks.Sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""u8);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
    }

    private static ServiceProvider Services(Action<SetGetClientOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSetGetClient(options =>
        {
            options.Account = BothWaysIn.Account;
            configure(options);
        });
        return services.BuildServiceProvider();
    }
}
