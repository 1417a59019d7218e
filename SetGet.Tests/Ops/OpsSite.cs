using System.Globalization;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Playwright;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

/// <summary>The running application as an operator and a test see it: the page, the API with the root key, the queues.</summary>
internal sealed partial class OpsSite : IDisposable
{
    public const string RootKey = "dev-root-key";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly AppFixture _app;
    private readonly OpsBrowser _browser;
    private readonly AmazonSQSClient _sqs;

    public OpsSite(AppFixture app, OpsBrowser browser)
    {
        _app = app;
        _browser = browser;
        var config = new AmazonSQSConfig { ServiceURL = app.SqsUrl.AbsoluteUri, AuthenticationRegion = "us-east-1" };
        _sqs = new AmazonSQSClient(new BasicAWSCredentials("local", "local"), config);
    }

    public static string NewKey() => "k:" + Guid.NewGuid().ToString("N");

    public void Dispose() => _sqs.Dispose();

    public const int Desk = 1280;

    /// <summary>A narrow phone.</summary>
    public const int Phone = 360;

    public Task VisitAsync(Func<IPage, Task> visit, int width = Desk, int height = 860, ColorScheme scheme = ColorScheme.Light)
        => _browser.VisitAsync(_app.Api.BaseAddress!, visit, width, height, scheme);

    /// <summary>Sends an event through the API, and waits until a worker has stored it. Answers its webhook key.</summary>
    public async Task<string> StoreAsync(string account, string flow, string data, string? key = null)
    {
        key ??= NewKey();
        var body = $$"""{"accountId":"{{account}}","flowId":"{{flow}}","webhookKeys":["{{key}}"],"data":{{data}}}""";
        using var response = await TryAsync(api => api.PostAsync("/set", Json(body)));
        await WaitForStoredAsync(account, key, response);
        return key;
    }

    /// <summary>Sends a raw webhook, and waits until it is stored.</summary>
    public async Task<string> StoreHookAsync(string account, string flow, HttpContent body)
    {
        var key = NewKey();
        using var response = await TryAsync(api => api.PostAsync($"/hooks/{account}/{flow}/{key}", body));
        await WaitForStoredAsync(account, key, response);
        return key;
    }

    public async Task ReadAsync(string account, string key) => Assert.NotEmpty(await GetTextAsync($"/get/{key}?account={account}"));

    /// <summary>The newest event's data, waiting for it.</summary>
    public Task<string> WaitForEventAsync(string account, string key) => GetTextAsync($"/get/{key}?account={account}&wait=20");

    public async Task<string> GetTextAsync(string path)
    {
        using var response = await TryAsync(api => api.GetAsync(path));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<(string Id, string Secret)> CreateKeyAsync(string account, params string[] roles)
    {
        var body = JsonSerializer.Serialize(new { name = "a test's", roles });
        using var response = await TryAsync(api => api.PostAsync($"/accounts/{account}/keys", Json(body)));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var made = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (made.RootElement.GetProperty("id").GetString()!, made.RootElement.GetProperty("secret").GetString()!);
    }

    /// <summary>An account as it is after a while: TTLs of its own, and API keys.</summary>
    public async Task SetUpAccountAsync(string account)
    {
        foreach (var (path, seconds) in new[] { ("ttl", 172_800), ("flows/orders/ttl", 604_800), ("flows/crm-sync/ttl", 5_400) })
        {
            using var response = await TryAsync(api => api.PutAsync($"/accounts/{account}/{path}", Json($$"""{"ttlSeconds":{{seconds}}}""")));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        if ((await GetTextAsync($"/accounts/{account}/keys")).Contains("kp-production", StringComparison.Ordinal)) return;
        foreach (var (name, role) in new[] { ("kp-production", "get"), ("shop webhooks", "set"), ("terraform", "admin") })
        {
            using var response = await TryAsync(api => api.PostAsync($"/accounts/{account}/keys", Json($$"""{"name":"{{name}}","roles":["{{role}}"]}""")));
            Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        }
    }

    /// <summary>The status of a GET with another key than the root key.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path, string key)
    {
        using var client = _app.NewApiClient(key);
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    public Task WaitForStatusAsync(string path, string key, HttpStatusCode wanted)
        => UntilAsync(async () => await StatusAsync(path, key) == wanted ? "" : null, $"{path} answers {wanted}");

    public Task WaitForAccountAsync(string account) => UntilAsync(
        async () => (await GetTextAsync($"/ops/api/accounts?startsWith={account}")).Contains(account, StringComparison.Ordinal) ? "" : null,
        $"account {account} is listed");

    public Task WaitForFlowAsync(string account, string flow) => UntilAsync(
        async () => (await GetTextAsync($"/ops/api/accounts/{account}/flows")).Contains($"\"{flow}\"", StringComparison.Ordinal) ? "" : null, $"flow {flow} is listed");

    /// <summary>Puts a message on the event queue as it is.</summary>
    public Task SendToQueueAsync(string body) => _sqs.SendMessageAsync(_app.EventsQueueUrl, body);

    /// <summary>
    /// Puts a sound envelope on the dead-letter queue, as a worker does: with <paramref name="reason"/>. Redriven it is stored. Answers the dead letter's id.
    /// </summary>
    public async Task<string> AddDeadLetterAsync(string reason, string account, string key, string data)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var set = $$"""{"accountId":"{{account}}","flowId":"orders","webhookKeys":["{{key}}"],"data":{{data}}}""";
        var envelope = $$"""{"v":1,"id":"{{Guid.CreateVersion7()}}","acceptedAt":{{now}},"sender":"root","set":{{set}}}""";
        var sent = await _sqs.SendMessageAsync(new SendMessageRequest
        {
            QueueUrl = _app.DeadLetterQueueUrl,
            MessageBody = envelope,
            MessageGroupId = account,
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["Reason"] = Text(reason),
                ["Detail"] = Text("Made by a test."),
                ["ReceiveCount"] = Text("1"),
                ["DeadAt"] = Text(now.ToString(CultureInfo.InvariantCulture)),
            },
        });
        return sent.MessageId;
    }

    public async Task<(string Id, string Reason)?> FindDeadLetterAsync(string idOrBody)
    {
        using var page = JsonDocument.Parse(await GetTextAsync("/dead-letters?limit=1000"));
        foreach (var letter in page.RootElement.GetProperty("deadLetters").EnumerateArray())
        {
            var id = letter.GetProperty("id").GetString()!;
            if (id == idOrBody || letter.GetProperty("body").GetString() == idOrBody) return (id, letter.GetProperty("reason").GetString()!);
        }

        return null;
    }

    public async Task<(string Id, string Reason)> WaitForDeadLetterAsync(string body)
    {
        (string, string)? found = null;
        await UntilAsync(async () => (found = await FindDeadLetterAsync(body)) is null ? null : "", "the message becomes a dead letter");
        return found!.Value;
    }

    public async Task DropAsync(string id)
    {
        using var response = await TryAsync(api => api.DeleteAsync($"/dead-letters/{id}"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task WaitForStoredAsync(string account, string key, HttpResponseMessage accepted)
    {
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        using var body = JsonDocument.Parse(await accepted.Content.ReadAsStringAsync());
        var id = body.RootElement.GetProperty("id").GetString();
        await UntilAsync(
            async () =>
            {
                using var response = await TryAsync(api => api.GetAsync($"/get/{key}?account={account}&wait=20"));
                return response.Headers.TryGetValues("SetGet-Id", out var ids) && ids.Single() == id ? id : null;
            },
            $"event {id} is stored");
    }
}
