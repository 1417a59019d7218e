using System.Net;
using System.Net.Http.Json;
using SetGet.Core.Accounts;
using SetGet.Tests.Api;

namespace SetGet.Tests.Security;

/// <summary>A key that may do everything in its own account, tried on another's, by everything that names one.</summary>
[Collection(ApiCollection.Name)]
public sealed class AccountCrossingTests(ApiStack stack)
{
    private readonly OtherAccount _theirs = new(stack);
    private readonly string _mine = ApiStack.NewAccount();

    [Fact]
    public async Task EveryRoute_ThatNamesAnotherAccount_RefusesAndTellsNothing()
    {
        var routes = Routes.Of(stack);
        using var http = await EnterAsync();
        var before = await _theirs.ReadAsync(routes);

        foreach (var route in routes.Where(each => each.Role is not null)) await RefusesAsync(http, route);

        Assert.Contains(OtherAccount.Mark, before, StringComparison.Ordinal);
        Assert.Equal(before, await _theirs.ReadAsync(routes));
        await StillLeasedAsync();
    }

    /// <summary>An account of one's own in the place of the other's name, and the other's id, tag, cursor, lease or idempotency key beside it.</summary>
    [Fact]
    public async Task Identifiers_OfAnotherAccount_AreNothingInOnesOwn()
    {
        using var http = await EnterAsync();
        foreach (var key in new[] { OtherAccount.Key, "leased" }) await http.SetAsync(_mine, key, "\"mine\"");
        await stack.Root.EventsAsync(_mine, OtherAccount.Key, 1);

        using (var revoked = await http.DeleteAsync($"/accounts/{_mine}/keys/{_theirs.KeyId}")) await revoked.IsProblemAsync(404, "not-found");
        using (var removed = await http.DeleteAsync($"/accounts/{_mine}/flows/{OtherAccount.Flow}/signing/{_theirs.SecretId}"))
            await removed.IsProblemAsync(404, "not-found");
        using (var acknowledged = await http.PostAsync("/get/leased/ack", Calls.Json($$"""{"leaseId":"{{_theirs.LeaseId}}"}""")))
            await acknowledged.IsProblemAsync(409, "lease-expired");
        var page = await http.GetStringAsync($"/get/{OtherAccount.Key}/events?after={_theirs.Cursor}");
        Assert.DoesNotContain(OtherAccount.Mark, page, StringComparison.Ordinal);
        using (var deleted = await SendAsync(http, HttpMethod.Delete, $"/get/{OtherAccount.Key}", ("If-Match", $"\"{_theirs.EventId}\"")))
            await deleted.IsProblemAsync(412, "condition-failed");
        using (var unchanged = await SendAsync(http, HttpMethod.Get, $"/get/{OtherAccount.Key}", ("If-None-Match", $"\"{_theirs.EventId}\"")))
            Assert.Equal("\"mine\"", await unchanged.Content.ReadAsStringAsync());
        await StillLeasedAsync();
    }

    [Fact]
    public async Task IdempotencyKey_OfAnotherAccount_IsOnesOwnToUse()
    {
        using var http = await EnterAsync();
        var ids = new HashSet<string>();
        foreach (var (caller, account) in new[] { (stack.Root, _theirs.Name), (http, _mine) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/set") { Content = Calls.Json(Calls.SetText(account, ["once"], "1")) };
            request.Headers.Add("Idempotency-Key", "the-same");
            using var answer = await caller.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            ids.Add((await answer.Content.ReadFromJsonAsync<Accepted>())!.Id);
        }

        Assert.Equal(2, ids.Count);
    }

    /// <summary>Two names of an account, one of them one's own; and names that are nearly the other's.</summary>
    [Theory]
    [InlineData("?account=MINE&account=THEIRS")]
    [InlineData("?account=THEIRS&account=MINE")]
    [InlineData("?account=MINE,THEIRS")]
    [InlineData("?account=*")]
    [InlineData("?account=MINE/../THEIRS")]
    [InlineData("?account=THEIRS%00")]
    [InlineData("?account=%20THEIRS")]
    [InlineData("?Account=THEIRS")]
    [InlineData("?account=MINE%26account=THEIRS")]
    public async Task Account_NamedByATrick_IsNotTheirs(string query)
    {
        using var http = await EnterAsync();
        var text = query.Replace("MINE", _mine, StringComparison.Ordinal).Replace("THEIRS", _theirs.Name, StringComparison.Ordinal);

        using var answer = await http.GetAsync($"/get/{OtherAccount.Key}{text}");

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        Assert.DoesNotContain(OtherAccount.Mark, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"accountId":"MINE","flowId":"f","webhookKeys":["their-key"],"data":1,"accountId":"THEIRS"}""", 400)]
    [InlineData("""{"accountId":"THEIRS","flowId":"f","webhookKeys":["their-key"],"data":1,"accountId":"MINE"}""", 400)]
    [InlineData("""{"accountId":"MINE","\u0061ccountId":"THEIRS","flowId":"f","webhookKeys":["their-key"],"data":1}""", 400)]
    [InlineData("""{"accountId":"THEIRS","flowId":"f","webhookKeys":["their-key"],"data":1}""", 403)]
    [InlineData("""{"accountId":"MINE","flowId":"f","webhookKeys":["THEIRS/their-key"],"data":1}""", 400)]
    [InlineData("""{"accountId":"MINE","flowId":"f","webhookKeys":["}:i{THEIRS"],"data":1}""", 400)]
    public async Task Set_ThatNamesBoth_IsRefused(string body, int status)
    {
        using var http = await EnterAsync();

        using var answer = await http.PostAsync(
            "/set", Calls.Json(body.Replace("MINE", _mine, StringComparison.Ordinal).Replace("THEIRS", _theirs.Name, StringComparison.Ordinal)));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    private async Task<HttpClient> EnterAsync()
    {
        await _theirs.FillAsync();
        var (_, secret) = await stack.CreateKeyAsync(_mine, "set", "get", "admin");
        return stack.Client(secret);
    }

    private async Task RefusesAsync(HttpClient http, ApiRoute route)
    {
        var id = route.Path.Contains("/signing/", StringComparison.Ordinal) ? _theirs.SecretId : _theirs.KeyId;
        var path = route.Named(_theirs.Name, OtherAccount.Flow, OtherAccount.Key, id);
        Assert.False(path.Contains('{', StringComparison.Ordinal), $"{route}: say in ApiRoute.Named what of another account stands in this place");
        using var request = new HttpRequestMessage(HttpMethod.Parse(route.Method), $"{path}?account={_theirs.Name}");
        if (route.Method is "POST" or "PUT" && ContractCalls.Bodies.TryGetValue(route.Path, out var body))
            request.Content = Calls.Json(body.Replace("ACCOUNT", _theirs.Name, StringComparison.Ordinal).Replace("unknown", _theirs.LeaseId, StringComparison.Ordinal));

        using var answer = await http.SendAsync(request);

        var expected = route.Role == ApiKeyRoles.Root ? answer.StatusCode == HttpStatusCode.Forbidden
            : answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected, $"{route} answers {answer.StatusCode}: {text}");
        Assert.DoesNotContain(OtherAccount.Mark, text + answer.Headers, StringComparison.Ordinal);
    }

    /// <summary>Its owner can still acknowledge it.</summary>
    private async Task StillLeasedAsync()
    {
        using var answer = await stack.Root.PostAsync($"/get/leased/ack?account={_theirs.Name}", Calls.Json($$"""{"leaseId":"{{_theirs.LeaseId}}"}"""));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string url, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await http.SendAsync(request);
    }
}
