using System.Net;
using System.Text;
using System.Text.Json;
using SetGet.Core.Events;
using SetGet.Tests.Api;

namespace SetGet.Tests.Local.Gateway;

/// <summary>One corpus through both ways in: the same statuses, and what is accepted is read back byte for byte.</summary>
[Collection(BothWaysInCollection.Name)]
public sealed class BothWaysInTests
{
    private readonly BothWaysIn _stack;

    public BothWaysInTests(BothWaysIn stack) => _stack = stack;

    [Fact]
    public async Task Set_HostileCorpus_IsTheSameBothWays()
    {
        var faults = new List<string>();
        var accepted = new List<HostileRequest>();
        foreach (var request in HostileCorpus.All(BothWaysIn.Account))
        {
            var gateway = await StatusAsync(_stack.Gateway, request);
            var api = await StatusAsync(_stack.Api, request);
            if (gateway != request.Status || api != request.Status) faults.Add($"{request.Name}: gateway {gateway}, API {api}, expected {request.Status}");
            else if (api == 202) accepted.Add(request);
        }

        foreach (var request in accepted)
        {
            if (!await IsReadBackAsync(request, events: request.IdempotencyKey is null ? 2 : 1)) faults.Add($"{request.Name}: read back otherwise");
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        Assert.NotEmpty(accepted);
    }

    [Fact]
    public async Task Set_ThroughTheGateway_ForAnotherAccount_StoresNothingThere()
    {
        var stranger = ApiStack.NewAccount();
        var before = await DeadLettersAsync();
        using var answer = await _stack.Gateway.SendAsync(HostileCorpus.Sound(stranger, "stranger", "1").ToMessage("set"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        var letter = await NewDeadLetterAsync(before);

        Assert.Equal("sender-not-allowed", letter.GetProperty("reason").GetString());
        using var read = await _stack.Api.GetAsync($"/get/{HostileCorpus.KeyOf("stranger")}?account={stranger}");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task Hook_ThroughTheGateway_IntoAFlowOfSignedWebhooks_IsADeadLetter()
    {
        using (var secret = new StringContent("""{"scheme":"github","secret":"a-long-enough-secret"}""", System.Text.Encoding.UTF8, "application/json"))
        using (var set = await _stack.Api.PostAsync($"/accounts/{BothWaysIn.Account}/flows/signed/signing", secret))
            Assert.Equal(HttpStatusCode.Created, set.StatusCode);
        var before = await DeadLettersAsync();
        using var content = new StringContent("unsigned");
        using var answer = await _stack.Gateway.PostAsync($"hooks/{BothWaysIn.Account}/signed/unsigned", content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        var letter = await NewDeadLetterAsync(before);

        Assert.Equal("signature-missing", letter.GetProperty("reason").GetString());
        using var read = await _stack.Api.GetAsync($"/get/unsigned?account={BothWaysIn.Account}");
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
    }

    [Fact]
    public async Task Hook_ThroughTheGateway_IsReadBackByteForByte()
    {
        var body = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        using var answer = await _stack.Gateway.PostAsync($"hooks/{BothWaysIn.Account}/flow/bytes?ttl=600", content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);

        using var read = await _stack.Api.GetAsync($"/get/bytes?account={BothWaysIn.Account}&wait=20");

        Assert.Equal(body, await read.Content.ReadAsByteArrayAsync());
        Assert.Equal("application/octet-stream", read.Content.Headers.ContentType?.ToString());
    }

    private static async Task<int> StatusAsync(HttpClient http, HostileRequest request)
    {
        using var message = request.ToMessage(http.BaseAddress!.AbsolutePath.Length > 1 ? "set" : "/set");
        using var answer = await http.SendAsync(message);
        return (int)answer.StatusCode;
    }

    /// <summary>Both events are there (with an idempotency key they are one), and the data of the newest is the sender's.</summary>
    private async Task<bool> IsReadBackAsync(HostileRequest request, int events)
    {
        var key = HostileCorpus.KeyOf(request.Name);
        var sent = RequestReader.Read(request.Body, new InputErrors())!.Data.ToArray();
        await ArriveAsync(key, events);
        var read = await _stack.Api.GetByteArrayAsync($"/get/{key}?account={BothWaysIn.Account}");
        return read.AsSpan().SequenceEqual(sent);
    }

    private async Task ArriveAsync(string key, int events)
    {
        var after = "";
        while (events > 0)
        {
            var text = await _stack.Api.GetStringAsync($"/get/{key}/events?account={BothWaysIn.Account}&wait=20{after}");
            using var page = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
            var arrived = page.RootElement.GetProperty("events").GetArrayLength();
            Assert.True(arrived > 0, $"nothing arrived under {key}");
            events -= arrived;
            after = "&after=" + page.RootElement.GetProperty("next").GetString();
        }
    }

    private async Task<HashSet<string>> DeadLettersAsync()
        => [.. (await ListAsync()).Select(letter => letter.GetProperty("id").GetString()!)];

    private async Task<JsonElement> NewDeadLetterAsync(HashSet<string> before)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var fresh = (await ListAsync()).Where(letter => !before.Contains(letter.GetProperty("id").GetString()!)).ToList();
            if (fresh.Count > 0) return fresh[0];
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }
    }

    private async Task<List<JsonElement>> ListAsync()
    {
        var text = await _stack.Api.GetStringAsync("/dead-letters");
        return [.. JsonDocument.Parse(Encoding.UTF8.GetBytes(text)).RootElement.GetProperty("deadLetters").EnumerateArray()];
    }
}
