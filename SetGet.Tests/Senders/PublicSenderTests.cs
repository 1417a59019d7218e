using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SetGet.Tests.Api;
using SetGet.Tests.Local.Gateway;

namespace SetGet.Tests.Senders;

/// <summary>Senders that cannot be changed, connected by configuration alone, through the API and through the gateway, without an API key.</summary>
[Collection(BothWaysInCollection.Name)]
public sealed class PublicSenderTests
{
    private readonly BothWaysIn _stack;
    private readonly HttpClient _stranger = new();

    public PublicSenderTests(BothWaysIn stack) => _stack = stack;

    public static IEnumerable<object[]> Ways { get; } = [.. PublicSender.All.Keys.SelectMany(scheme => new object[][] { [scheme, "api"], [scheme, "gateway"] })];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Delivery_ArrivesWhole_UnderTheKeysOfTheRules(string scheme, string way)
    {
        var (sender, flow) = await ConnectAsync(scheme, way);
        var delivery = sender.Send(sender.Secret, TimeProvider.System.GetUtcNow(), "id-" + flow);

        var accepted = await SendAsync(delivery, way, flow);

        Assert.Equal(HttpStatusCode.Accepted, accepted);
        foreach (var key in sender.Keys)
        {
            var found = await ReadAsync($"{flow}.{key}");
            Assert.Equal(delivery.Body, found.Body);
            Assert.Equal(delivery.ContentType, found.ContentType);
            foreach (var (name, value) in delivery.Headers.Where(each => each.Name != "X-Gitlab-Token")) Assert.Equal(value, found.Headers[name.ToLowerInvariant()]);
            Assert.DoesNotContain("x-gitlab-token", found.Headers.Keys);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Delivery_SentAgain_IsOneEvent(string scheme, string way)
    {
        var (sender, flow) = await ConnectAsync(scheme, way);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.Accepted, await SendAsync(sender.Send(sender.Secret, now, "same-" + flow), way, flow));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(sender.Send(sender.Secret, now, "other-" + flow), way, flow));

        var ids = await EventsAsync($"{flow}.{sender.Keys[0]}", 2);

        Assert.Equal(2, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Delivery_WrongOrUnsigned_GetsInNowhere(string scheme, string way)
    {
        var (sender, flow) = await ConnectAsync(scheme, way);
        var now = TimeProvider.System.GetUtcNow();
        var wrong = sender.Send(sender.Secret.Replace('a', 'b').Replace('M', 'N'), now, "wrong-" + flow);
        var right = sender.Send(sender.Secret, now, "right-" + flow);

        var refused = new[] { await SendAsync(wrong, way, flow), await SendAsync(right with { Headers = [], Body = right.Body.Replace("signature", "x") }, way, flow) };

        Assert.All(refused, status => Assert.Equal(way == "api" ? HttpStatusCode.Unauthorized : HttpStatusCode.Accepted, status));
        // A wrong signature may be a mistake; what has none is nobody's.
        if (way == "gateway") Assert.Equal("signature-invalid", (await DeadLetterAsync(flow)).GetProperty("reason").GetString());
        // What is read after them is the first: they are nowhere.
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(right, way, flow));
        Assert.Single(await EventsAsync($"{flow}.{sender.Keys[0]}", 1));
    }

    private async Task<(PublicSender Sender, string Flow)> ConnectAsync(string scheme, string way)
    {
        var sender = PublicSender.All[scheme];
        var flow = $"{scheme}.{way}.{Guid.NewGuid():N}"[..40];
        using var secret = await _stack.Api.PostAsJsonAsync($"/accounts/{BothWaysIn.Account}/flows/{flow}/signing", new { scheme = sender.Scheme, secret = sender.Secret });
        Assert.Equal(HttpStatusCode.Created, secret.StatusCode);
        // Keys belong to the account: a flow of its own keeps the deliveries of two tests apart.
        using var put = await _stack.Api.PutAsync($"/accounts/{BothWaysIn.Account}/flows/{flow}/source", Calls.Json(Prefixed(sender.Source, flow)));
        Assert.True(put.StatusCode == HttpStatusCode.OK, await put.Content.ReadAsStringAsync());
        return (sender, flow);
    }

    private static string Prefixed(string source, string flow)
    {
        var members = JsonDocument.Parse(source).RootElement.EnumerateObject().ToDictionary(each => each.Name, each => (object)each.Value);
        members["keyRules"] = ((JsonElement)members["keyRules"]).EnumerateArray().Select(rule => $"{flow}.{rule.GetString()}").ToArray();
        return JsonSerializer.Serialize(members);
    }

    private async Task<HttpStatusCode> SendAsync(Delivery delivery, string way, string flow)
    {
        var url = way == "api" ? new Uri(_stack.Api.BaseAddress!, $"/hooks/{BothWaysIn.Account}/{flow}") : new Uri(_stack.Gateway.BaseAddress!, $"signed/{BothWaysIn.Account}/{flow}");
        using var request = delivery.ToMessage(url.ToString());
        using var answer = await _stranger.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<(string Body, string ContentType, Dictionary<string, string> Headers)> ReadAsync(string key)
    {
        using var read = await _stack.Api.GetAsync($"/get/{key}?account={BothWaysIn.Account}&wait=20");
        Assert.True(read.IsSuccessStatusCode, await read.Content.ReadAsStringAsync());
        const string Prefix = "SetGet-Header-";
        var headers = read.Headers.Where(each => each.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).ToDictionary(
            each => each.Key[Prefix.Length..], each => each.Value.Single());
        return (await read.Content.ReadAsStringAsync(), read.Content.Headers.ContentType!.ToString(), headers);
    }

    private async Task<List<string>> EventsAsync(string key, int count)
    {
        var (ids, after) = (new List<string>(), "");
        while (ids.Count < count)
        {
            var page = await _stack.Api.GetFromJsonAsync<JsonElement>($"/get/{key}/events?account={BothWaysIn.Account}&wait=20{after}");
            ids.AddRange(page.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("id").GetString()!));
            after = "&after=" + page.GetProperty("next").GetString();
        }

        return ids;
    }

    private async Task<JsonElement> DeadLetterAsync(string flow)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
            var page = await _stack.Api.GetFromJsonAsync<JsonElement>("/dead-letters?limit=1000", limit.Token);
            var letters = page.GetProperty("deadLetters").EnumerateArray().Where(each => each.TryGetProperty("flowId", out var id) && id.GetString() == flow);
            if (letters.ToArray() is { Length: > 0 } found) return Assert.Single(found);
        }
    }
}
