using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>TTLs, limits, idempotency and signed webhooks over HTTP.</summary>
[Collection(ApiCollection.Name)]
public sealed class SettingTests(ApiStack stack)
{
    [Fact]
    public async Task Ttl_OfFlowAccountAndDefault_ShadowEachOther()
    {
        var account = ApiStack.NewAccount();
        var (accountUrl, flowUrl) = ($"/accounts/{account}/ttl", $"/accounts/{account}/flows/flow/ttl");

        Assert.Equal((86400, "default"), await TtlAsync(flowUrl));
        await PutAsync(accountUrl, """{"ttlSeconds":500}""");
        Assert.Equal((500, "account"), await TtlAsync(flowUrl));
        await PutAsync(flowUrl, """{"ttlSeconds":60}""");
        Assert.Equal((60, "flow"), await TtlAsync(flowUrl));
        Assert.Equal((500, "account"), await TtlAsync(accountUrl));
        await DeleteAsync(flowUrl);
        Assert.Equal((500, "account"), await TtlAsync(flowUrl));
        await DeleteAsync(accountUrl);
        Assert.Equal((86400, "default"), await TtlAsync(flowUrl));
        await DeleteAsync(accountUrl);
    }

    [Theory]
    [InlineData("""{"ttlSeconds":0}""", "ttlSeconds")]
    [InlineData("""{"ttlSeconds":-1}""", "ttlSeconds")]
    [InlineData("""{"ttlSeconds":2592001}""", "ttlSeconds")]
    [InlineData("""{"ttlSeconds":"60"}""", "ttlSeconds")]
    [InlineData("""{"ttl":60}""", "ttl")]
    [InlineData("{}", "body")]
    public async Task Ttl_ThatIsNotValid_NamesTheField(string body, string field)
    {
        using var answer = await stack.Root.PutAsync($"/accounts/{ApiStack.NewAccount()}/ttl", Calls.Json(body));

        await answer.IsProblemAsync(400, "invalid-request", field);
    }

    [Fact]
    public async Task IdempotencyKey_SentAgain_IsOneEvent_AndAnotherBodyIsAConflict()
    {
        var account = ApiStack.NewAccount();

        var first = await SetWithKeyAsync(account, "1");
        var second = await SetWithKeyAsync(account, "1");
        using var other = await SendWithKeyAsync(account, "2");

        Assert.Equal(first, second);
        await other.IsProblemAsync(409, "idempotency-conflict");
        await stack.Root.SetAsync(account, "k", "\"last\"");
        var events = await stack.Root.EventsAsync(account, "k", 2);
        Assert.Equal(["1", "\"last\""], events.Select(each => each.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task Limits_AreToldWhenTheyAreMet()
    {
        var account = ApiStack.NewAccount();
        var url = $"/accounts/{account}/limits";
        await PutAsync(url, """{"maxKeysPerEvent":2}""");
        using var tooMany = await stack.Root.PostAsync("/set", Calls.Json(Calls.SetText(account, ["a", "b", "c"], "1")));
        var problem = await tooMany.IsProblemAsync(413, "limit-reached");
        Assert.Contains("at most 2 webhook keys", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await PutAsync(url, """{"requestsPerSecond":1,"burst":2}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stack.Root.PostAsync("/set", Calls.Json(Calls.SetText(account, ["a"], "1")))));
        Assert.InRange(answers.Count(each => each.StatusCode == HttpStatusCode.Accepted), 2, 15);
        var refused = answers.First(each => each.StatusCode != HttpStatusCode.Accepted);
        await refused.IsProblemAsync(429, "too-many-requests");
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));

        await DeleteAsync(url);
        Assert.Equal(0, (await stack.Root.GetFromJsonAsync<JsonElement>(url)).GetProperty("requestsPerSecond").GetInt32());
        foreach (var each in answers) each.Dispose();
    }

    [Fact]
    public async Task SignedFlow_AcceptsItsSignaturesOnly_DuringARotationThoseOfBothSecrets()
    {
        var account = ApiStack.NewAccount();
        var url = $"/accounts/{account}/flows/flow/signing";
        var first = await AddSecretAsync(url, "the-first-long-secret");
        var second = await AddSecretAsync(url, "the-second-long-secret");
        using var nobody = stack.Client(null);

        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(nobody, account, "the-first-long-secret"));
        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(stack.Root, account, "the-second-long-secret"));
        Assert.Equal(HttpStatusCode.Unauthorized, await HookAsync(nobody, account, "another-long-secret"));
        Assert.Equal(HttpStatusCode.Unauthorized, await HookAsync(stack.Root, account, null));
        using var found = await stack.Root.GetAsync($"/get/k?account={account}&wait=20");
        Assert.Equal("hello", await found.Content.ReadAsStringAsync());
        Assert.DoesNotContain("long-secret", await stack.Root.GetStringAsync(url), StringComparison.Ordinal);

        await DeleteAsync($"{url}/{first}");
        Assert.Equal(HttpStatusCode.Unauthorized, await HookAsync(nobody, account, "the-first-long-secret"));
        await DeleteAsync($"{url}/{second}");
        Assert.Equal(HttpStatusCode.Unauthorized, await HookAsync(nobody, account, null));
        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(stack.Root, account, null));
    }

    private async Task<string> AddSecretAsync(string url, string secret)
    {
        using var answer = await stack.Root.PostAsync(url, Calls.Json($$"""{"scheme":"github","secret":"{{secret}}"}"""));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<HttpStatusCode> HookAsync(HttpClient http, string account, string? secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/{account}/flow/k") { Content = new StringContent("hello") };
        if (secret is not null)
            request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "hello"u8)));
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<string> SetWithKeyAsync(string account, string data)
    {
        using var answer = await SendWithKeyAsync(account, data);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Accepted>())!.Id;
    }

    private async Task<HttpResponseMessage> SendWithKeyAsync(string account, string data)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/set") { Content = Calls.Json(Calls.SetText(account, ["k"], data)) };
        request.Headers.Add("Idempotency-Key", "once");
        return await stack.Root.SendAsync(request);
    }

    private async Task<(int, string)> TtlAsync(string url)
    {
        var ttl = await stack.Root.GetFromJsonAsync<JsonElement>(url);
        return (ttl.GetProperty("ttlSeconds").GetInt32(), ttl.GetProperty("source").GetString()!);
    }

    private async Task PutAsync(string url, string body)
    {
        using var answer = await stack.Root.PutAsync(url, Calls.Json(body));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private async Task DeleteAsync(string url)
    {
        using var answer = await stack.Root.DeleteAsync(url);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
