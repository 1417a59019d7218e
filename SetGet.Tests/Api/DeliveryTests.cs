using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>How the last deliveries to a flow fared, as its page tells it: of the API, and of the worker for what the gateway let in.</summary>
[Collection(ApiCollection.Name)]
public sealed class DeliveryTests(ApiStack stack)
{
    private const string Secret = "a-long-enough-secret";
    private const string Body = """{"orderId":4711,"private":"rosebud"}""";

    private readonly string _account = ApiStack.NewAccount();

    [Fact]
    public async Task Deliveries_OfTheApi_AreToldWithTheirReasons()
    {
        await SetUpAsync();
        await SendAsync(HttpStatusCode.Unauthorized, Body, signature: null);
        await SendAsync(HttpStatusCode.Unauthorized, Body, Sign("another-long-secret", Body));
        await SendAsync(HttpStatusCode.UnprocessableEntity, "{}", Sign(Secret, "{}"));
        await SendAsync(HttpStatusCode.BadRequest, "{", Sign(Secret, "{"));
        await SendAsync(HttpStatusCode.BadRequest, Body, Sign(Secret, Body), "?ttl=0", ApiStack.RootKey);
        await SendAsync(HttpStatusCode.Unauthorized, Body, Sign(Secret, Body), key: "unknown-rosebud");
        await SendAsync(HttpStatusCode.Accepted, Body, Sign(Secret, Body));

        var found = await UntilAsync(7);

        Assert.Equal(
            ["accepted", "unauthorized", "invalid-request", "invalid-request", "no-webhook-key", "signature-invalid", "signature-missing"],
            found.Select(each => Text(each, "reason") ?? Text(each, "outcome")));
        Assert.All(found, each => Assert.Equal("api", Text(each, "way")));
        Assert.Equal("order-4711", Text(found[0], "webhookKey"));
        Assert.True(Guid.TryParse(Text(found[0], "id"), out _));
        Assert.All(found.Skip(1), each => Assert.Equal("refused", Text(each, "outcome")));
        Assert.Contains("ttl: Must be", Text(found[2], "detail"), StringComparison.Ordinal);
        Assert.Contains("X-Hub-Signature-256", Text(found[6], "detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("rosebud", JsonSerializer.Serialize(found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_OfTheGateway_AreToldByTheWorker()
    {
        await SetUpAsync();
        await QueueAsync(Body, signature: null);
        await QueueAsync(Body, Sign("another-long-secret", Body));
        await QueueAsync("{}", Sign(Secret, "{}"));
        await QueueAsync(Body, Sign(Secret, Body));

        var found = (await UntilAsync(4)).OrderBy(each => Text(each, "reason") ?? "").ToList();

        Assert.All(found, each => Assert.Equal("gateway", Text(each, "way")));
        Assert.Equal(["", "no-webhook-key", "signature-invalid", "signature-missing"], found.Select(each => Text(each, "reason") ?? ""));
        Assert.Equal(["accepted", "dead-letter", "dead-letter", "dropped"], found.Select(each => Text(each, "outcome")));
        Assert.Equal("order-4711", Text(found[0], "webhookKey"));
    }

    [Fact]
    public async Task Deliveries_OfAFlowThatIsNotSetUp_AreNotNoted()
    {
        await SetUpAsync();
        using var nobody = stack.Client(null);
        using (var refused = await nobody.PostAsync($"/hooks/{_account}/unknown/k", Calls.Json("1"))) Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await SendAsync(HttpStatusCode.Unauthorized, Body, signature: null);
        await UntilAsync(1);
        Assert.Equal("""{"deliveries":[]}""", await stack.Root.GetStringAsync($"/accounts/{_account}/flows/unknown/source/deliveries"));
    }

    private async Task SetUpAsync()
    {
        var flow = $"/accounts/{_account}/flows/flow";
        using var secret = await stack.Root.PostAsJsonAsync($"{flow}/signing", new { scheme = "github", secret = Secret });
        Assert.Equal(HttpStatusCode.Created, secret.StatusCode);
        using var source = await stack.Root.PutAsync($"{flow}/source", Calls.Json("""{"scheme":"github","keyRules":["order-{/orderId}"]}"""));
        Assert.Equal(HttpStatusCode.OK, source.StatusCode);
    }

    private async Task SendAsync(HttpStatusCode expected, string body, string? signature, string query = "", string? key = null)
    {
        using var sender = stack.Client(key);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/{_account}/flow{query}") { Content = Calls.Json(body) };
        if (signature is not null) request.Headers.Add("X-Hub-Signature-256", signature);
        using var answer = await sender.SendAsync(request);
        Assert.True(expected == answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // As the gateway's template writes what comes without an API key.
    private async Task QueueAsync(string body, string? signature)
    {
        var headers = signature is null ? "{}" : $$"""{"x-hub-signature-256":"{{signature}}"}""";
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var hook = $$"""{"accountId":"{{_account}}","flowId":"flow","webhookKeys":[],"contentType":"application/json","headers":{{headers}},"body":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(body))}}"}""";
        using var sqs = stack.NewSqs();
        await sqs.SendMessageAsync($"{stack.Sqs}000000000000/setget-events", $$"""{"v":1,"id":"{{Guid.CreateVersion7()}}","acceptedAt":{{now}},"sender":"unverified","hook":{{hook}}}""");
    }

    private async Task<List<JsonElement>> UntilAsync(int count)
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (true)
        {
            var answer = await stack.Root.GetFromJsonAsync<JsonElement>($"/accounts/{_account}/flows/flow/source/deliveries");
            var found = answer.GetProperty("deliveries").EnumerateArray().ToList();
            if (found.Count >= count) return found;
            if (over.IsCancellationRequested) Assert.Fail($"Waited in vain for {count} deliveries: {answer}");
            await tick.WaitForNextTickAsync();
        }
    }

    private static string Sign(string secret, string body)
        => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    private static string? Text(JsonElement delivery, string name) => delivery.TryGetProperty(name, out var value) ? value.GetString() : null;
}
