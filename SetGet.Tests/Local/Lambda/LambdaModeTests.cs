using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Testing;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Local.Lambda;

/// <summary>SetGet as <c>dotnet run --project SetGet.AppHost -- --lambda</c> runs it: the queue invokes the worker.</summary>
public sealed class LambdaModeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Batch_WithAPoisonMessage_StoresTheOthersAndBuriesIt()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await using var app = await AppFixture.StartAsync(["--lambda"], limit.Token);
        using var api = app.CreateHttpClient("api");
        api.DefaultRequestHeaders.Add("X-Api-Key", "dev-root-key");
        using var gateway = new HttpClient { BaseAddress = new Uri(app.GetEndpoint("aws", "gateway"), "v1/") };
        gateway.DefaultRequestHeaders.Add("X-Api-Key", "dev-gateway-key");

        await SendBatchAsync(app.GetEndpoint("aws", "sqs"), limit.Token);
        await AcceptAsync(api, "/set", "through-api", limit.Token);
        await AcceptAsync(gateway, "set", "through-gateway", limit.Token);

        foreach (var key in (string[])["through-api", "through-gateway", .. Enumerable.Range(0, 9).Select(index => $"batch-{index}")])
            Assert.Equal("""{"a":1.10}""", await api.GetStringAsync(new Uri($"/get/{key}?account=acme&wait=20", UriKind.Relative), limit.Token));
        var letters = await LettersAsync(api, limit.Token);
        Assert.Equal("not-json", Assert.Single(letters).GetProperty("reason").GetString());
        Assert.Equal("poison", letters[0].GetProperty("body").GetString());
    }

    private static async Task AcceptAsync(HttpClient client, string path, string key, CancellationToken cancellationToken)
    {
        using var body = new StringContent(Request(key), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), body, cancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static string Request(string key) => $$$"""{"accountId":"acme","flowId":"f","webhookKeys":["{{{key}}}"],"data":{"a":1.10}}""";

    /// <summary>Nine sound envelopes and one text that is none, in one call.</summary>
    private static async Task SendBatchAsync(Uri sqs, CancellationToken cancellationToken)
    {
        var entries = Enumerable.Range(0, 10).Select(index => new { Id = $"{index}", MessageBody = index == 9 ? "poison" : Envelope($"batch-{index}") });
        var call = JsonSerializer.Serialize(new { QueueUrl = new Uri(sqs, "000000000000/setget-events"), Entries = entries });
        using var content = new StringContent(call, Encoding.UTF8, "application/x-amz-json-1.0");
        using var message = new HttpRequestMessage(HttpMethod.Post, sqs) { Content = content };
        message.Headers.Add("X-Amz-Target", "AmazonSQS.SendMessageBatch");
        using var http = new HttpClient();
        using var answer = await http.SendAsync(message, cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static string Envelope(string key) =>
        $$"""{"v":1,"id":"{{Guid.CreateVersion7()}}","acceptedAt":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},"sender":"root","set":{{Request(key)}}}""";

    private static async Task<List<JsonElement>> LettersAsync(HttpClient api, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await api.GetFromJsonAsync<JsonElement>(new Uri("/dead-letters", UriKind.Relative), cancellationToken);
            var letters = page.GetProperty("deadLetters").EnumerateArray().ToList();
            if (letters.Count > 0) return letters;
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }
    }
}
