using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>A caller's condition is kept or refused, never ignored (RFC 9110, 13); and what one answer may hold is bounded.</summary>
[Collection(ApiCollection.Name)]
public sealed class ConditionTests(ApiStack stack)
{
    private const string Other = "\"019a1b2c-3d4e-7f50-8a1b-2c3d4e5f6a7b\"";

    [Fact]
    public async Task Delete_IfMatch_ForgetsOnlyWhatItsCallerHasRead()
    {
        var account = ApiStack.NewAccount();
        var old = await SetAndReadAsync(account, "1");
        var newest = await SetAndReadAsync(account, "2");
        foreach (var tags in new[] { $"\"{old}\"", Other, $"W/\"{newest}\"", "no tag" })
            await (await DeleteAsync(account, tags)).IsProblemAsync(412, "condition-failed");
        Assert.Equal("2", await stack.Root.GetStringAsync($"/get/k?account={account}"));

        Assert.Equal(HttpStatusCode.NoContent, (await DeleteAsync(account, $"{Other}, \"{newest}\"")).StatusCode);
        await (await DeleteAsync(account, $"\"{newest}\"")).IsProblemAsync(412, "condition-failed");
        await (await DeleteAsync(account, "*")).IsProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Get_IfMatchAndIfModifiedSince_AreHonoured()
    {
        var account = ApiStack.NewAccount();
        var id = await SetAndReadAsync(account, "1");
        Assert.Equal(HttpStatusCode.OK, await GetAsync("If-Match", $"\"{id}\""));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("If-Match", "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await GetAsync("If-Match", Other));
        Assert.Equal(HttpStatusCode.NotModified, await GetAsync("If-Modified-Since", TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("R")));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("If-Modified-Since", TimeProvider.System.GetUtcNow().AddHours(-1).ToString("R")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await GetAsync("If-Unmodified-Since", TimeProvider.System.GetUtcNow().ToString("R")));

        async Task<HttpStatusCode> GetAsync(string header, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/get/k?account={account}");
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await stack.Root.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("PUT", "/accounts/acme/ttl")]
    [InlineData("DELETE", "/accounts/acme/ttl")]
    [InlineData("POST", "/set")]
    [InlineData("POST", "/get/k/take?account=acme")]
    [InlineData("GET", "/get/k/events?account=acme")]
    public async Task Other_Routes_RefuseACondition(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("If-Match", Other);
        if (method is "PUT" or "POST") request.Content = Calls.Json("""{"ttlSeconds":60}""");
        using var answer = await stack.Root.SendAsync(request);
        await answer.IsProblemAsync(412, "condition-not-supported");
    }

    [Fact]
    public async Task GetMany_OfMoreThanFits_NamesWhatIsLeft()
    {
        var account = ApiStack.NewAccount();
        await stack.Root.SetAsync(account, "large", $"\"{new string('x', 900_000)}\"");
        await stack.Root.EventsAsync(account, "large", 1);
        var keys = Enumerable.Repeat("large", 1000).ToList();

        using var answer = await stack.Root.PostAsJsonAsync("/get", new { account, webhookKeys = keys });
        var many = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(4, many.GetProperty("results").GetArrayLength());
        Assert.Equal(keys.Skip(4), many.GetProperty("next").EnumerateArray().Select(each => each.GetString()));
    }

    [Fact]
    public async Task Hook_SignedAndCaughtOnTheWay_IsOneEventWhateverIsAddedToIt()
    {
        var account = ApiStack.NewAccount();
        const string Secret = "a-long-enough-secret";
        using (await stack.Root.PostAsync($"/accounts/{account}/flows/flow/signing", Calls.Json($$"""{"scheme":"github","secret":"{{Secret}}"}"""))) { }
        var body = Encoding.UTF8.GetBytes("""{"action":"opened"}""");
        var signature = "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
        using var stranger = stack.Client(null);
        var ids = new List<string?>();
        foreach (var (key, idempotencyKey) in new[] { ("a", null), ("a", "added"), ("b", "other"), ("a", (string?)"again") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/{account}/flow/{key}") { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-Hub-Signature-256", signature);
            if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
            using var answer = await stranger.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            ids.Add((await answer.Content.ReadFromJsonAsync<Accepted>())!.Id);
        }

        Assert.Single(ids.Distinct());
        foreach (var key in new[] { "a", "b" }) Assert.Single(await stack.Root.EventsAsync(account, key, 1));
    }

    [Fact]
    public async Task Body_WithACharsetThatBrowsersKnow_IsTaken_AndATransferCodingIsNot()
    {
        var account = ApiStack.NewAccount();
        using var content = new StringContent(Calls.SetText(account, ["k"], "1"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf8");
        using var answer = await stack.Root.PostAsync("/set", content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private async Task<string> SetAndReadAsync(string account, string data)
    {
        var accepted = await stack.Root.SetAsync(account, "k", data);
        var read = "";
        while (read != accepted.Id)
        {
            using var answer = await stack.Root.GetAsync($"/get/k?account={account}&wait=20");
            read = answer.Header("SetGet-Id");
        }

        return accepted.Id;
    }

    private Task<HttpResponseMessage> DeleteAsync(string account, string ifMatch)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, $"/get/k?account={account}");
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return stack.Root.SendAsync(request);
    }
}
