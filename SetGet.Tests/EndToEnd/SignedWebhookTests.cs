using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace SetGet.Tests.EndToEnd;

/// <summary>A webhook that is signed and carries no key of ours, the whole way to its reader.</summary>
[Collection(AppCollection.Name)]
public sealed class SignedWebhookTests
{
    private const string Secret = "It's a Secret to Everybody";

    private readonly AppFixture _app;

    public SignedWebhookTests(AppFixture app) => _app = app;

    [Fact]
    public async Task Hook_SignedAsGitHubDoesWithoutKey_IsStoredAndRead()
    {
        var account = "signed-" + Guid.NewGuid();
        using var configured = await _app.Api.PostAsJsonAsync($"/accounts/{account}/flows/push/signing", new { scheme = "github", secret = Secret });
        Assert.True(configured.IsSuccessStatusCode, await configured.Content.ReadAsStringAsync());
        const string Body = "{\"ref\": \"refs/heads/main\"}";
        using var sender = _app.NewApiClient(key: null);

        using var signed = await sender.SendAsync(Hook(account, Body, Secret));
        using var forged = await sender.SendAsync(Hook(account, Body, "guessed"));

        Assert.Equal(HttpStatusCode.Accepted, signed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        using var read = await _app.Api.GetAsync(account, "repo");
        Assert.Equal(Body, await read.Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage Hook(string account, string body, string secret)
    {
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
        var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/{account}/push/repo") { Content = Sending.Json(body) };
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(signature));
        return request;
    }
}
