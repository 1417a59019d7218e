using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>API keys: who may do what, and what nobody learns of others.</summary>
[Collection(ApiCollection.Name)]
public sealed class TenantTests(ApiStack stack)
{
    [Fact]
    public async Task Key_IsShownOnce_ListedWithoutSecret_AndRevoked()
    {
        var account = ApiStack.NewAccount();
        var (id, secret) = await stack.CreateKeyAsync(account, "set", "get");
        using var http = stack.Client(secret);
        using (var before = await http.GetAsync("/get/k")) await before.IsProblemAsync(404, "not-found");

        var list = await stack.Root.GetStringAsync($"/accounts/{account}/keys");
        using var revoked = await stack.Root.DeleteAsync($"/accounts/{account}/keys/{id}");
        using var again = await stack.Root.DeleteAsync($"/accounts/{account}/keys/{id}");

        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, list, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await again.IsProblemAsync(404, "not-found");
        using var after = await http.GetAsync("/get/k");
        await after.IsProblemAsync(401, "unauthorized");
    }

    [Theory]
    [InlineData("set", "POST", "/get/k/take")]
    [InlineData("set", "GET", "/get/k")]
    [InlineData("get", "DELETE", "/get/k")]
    [InlineData("get", "GET", "/accounts/ACCOUNT/ttl")]
    [InlineData("admin", "GET", "/get/k")]
    [InlineData("admin", "GET", "/dead-letters")]
    [InlineData("admin", "DELETE", "/accounts/ACCOUNT/limits")]
    public async Task Key_WithoutTheRole_IsToldWhichItLacks(string role, string method, string url)
    {
        var account = ApiStack.NewAccount();
        var (_, secret) = await stack.CreateKeyAsync(account, role);
        using var http = stack.Client(secret);
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), url.Replace("ACCOUNT", account, StringComparison.Ordinal));

        using var answer = await http.SendAsync(request);

        await answer.IsProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task Key_OfAnotherAccount_NeitherReadsNorWritesNorLearns()
    {
        var (mine, theirs) = (ApiStack.NewAccount(), ApiStack.NewAccount());
        var (_, secret) = await stack.CreateKeyAsync(mine, "set", "get", "admin");
        var (theirId, _) = await stack.CreateKeyAsync(theirs, "get");
        await stack.Root.SetAsync(theirs, "k", "\"theirs\"");
        using (await stack.Root.GetAsync($"/get/k?account={theirs}&wait=20")) { }
        using var http = stack.Client(secret);

        await IsAsync(http.GetAsync("/get/k"), 404, "not-found");
        await IsAsync(http.GetAsync($"/get/k?account={theirs}"), 404, "not-found");
        await IsAsync(http.GetAsync($"/get/k/events?account={theirs}"), 404, "not-found");
        await IsAsync(http.PostAsync($"/get/k/take?account={theirs}", null), 404, "not-found");
        await IsAsync(http.PostAsync("/get", Calls.Json($$"""{"account":"{{theirs}}","webhookKeys":["k"]}""")), 404, "not-found");
        await IsAsync(http.DeleteAsync($"/get/k?account={theirs}"), 404, "not-found");
        await IsAsync(http.PostAsync("/set", Calls.Json(Calls.SetText(theirs, ["k"], "1"))), 403, "forbidden");
        await IsAsync(http.PostAsync($"/hooks/{theirs}/f/k", Calls.Json("1")), 403, "forbidden");
        await IsAsync(http.GetAsync($"/accounts/{theirs}/ttl"), 403, "forbidden");
        await IsAsync(http.GetAsync($"/accounts/{theirs}/keys"), 403, "forbidden");
        await IsAsync(http.PostAsync("/accounts/*/keys", Calls.Json("""{"name":"n","roles":["get"]}""")), 403, "forbidden");
        await IsAsync(http.DeleteAsync($"/accounts/{theirs}/keys/{theirId}"), 404, "not-found");
        await IsAsync(http.DeleteAsync($"/accounts/{mine}/keys/{theirId}"), 404, "not-found");
        Assert.Equal("\"theirs\"", await stack.Root.GetStringAsync($"/get/k?account={theirs}"));
    }

    [Fact]
    public async Task Key_OfAllAccounts_NamesTheAccount()
    {
        var account = ApiStack.NewAccount();
        var (_, secret) = await stack.CreateKeyAsync("*", "set", "get");
        using var http = stack.Client(secret);

        await http.SetAsync(account, "k", "1");
        using var found = await http.GetAsync($"/get/k?account={account}&wait=20");
        using var unnamed = await http.GetAsync("/get/k");

        Assert.Equal("1", await found.Content.ReadAsStringAsync());
        await unnamed.IsProblemAsync(400, "invalid-request", "account");
    }

    [Theory]
    [InlineData("""{"name":"","roles":["get"]}""", "name")]
    [InlineData("""{"name":"n","roles":[]}""", "roles")]
    [InlineData("""{"name":"n","roles":["get","owner"]}""", "roles[1]")]
    [InlineData("""{"name":"n","roles":["get"],"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt")]
    [InlineData("""{"name":"n","roles":["get"],"expiresAt":"soon"}""", "expiresAt")]
    [InlineData("""{"name":"n","roles":"get"}""", "roles")]
    [InlineData("""{"name":"n","roles":["get"],"account":"x"}""", "account")]
    [InlineData("""{"name":"n"}""", "body")]
    [InlineData("[]", "body")]
    public async Task NewKey_ThatIsNotValid_NamesTheField(string body, string field)
    {
        using var answer = await stack.Root.PostAsync($"/accounts/{ApiStack.NewAccount()}/keys", Calls.Json(body));

        await answer.IsProblemAsync(400, "invalid-request", field);
    }

    private static async Task IsAsync(Task<HttpResponseMessage> answering, int status, string code)
    {
        using var answer = await answering;
        await answer.IsProblemAsync(status, code);
    }
}

/// <summary>Clients of other keys than the root key.</summary>
internal static class Keys
{
    public static HttpClient Client(this ApiStack stack, string? secret)
    {
        var http = new HttpClient { BaseAddress = stack.Address, Timeout = TimeSpan.FromSeconds(60) };
        if (secret is not null) http.DefaultRequestHeaders.Add("X-Api-Key", secret);
        return http;
    }

    public static async Task<(string Id, string Secret)> CreateKeyAsync(this ApiStack stack, string account, params string[] roles)
    {
        using var answer = await stack.Root.PostAsJsonAsync($"/accounts/{account}/keys", new { name = "test", roles });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var key = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/accounts/{account}/keys/{key.GetProperty("id").GetString()}", answer.Headers.Location!.ToString());
        return (key.GetProperty("id").GetString()!, key.GetProperty("secret").GetString()!);
    }
}
