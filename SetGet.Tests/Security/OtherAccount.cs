using System.Net.Http.Json;
using System.Text.Json;
using SetGet.Tests.Api;

namespace SetGet.Tests.Security;

/// <summary>An account with one of everything, which another account's key must neither learn of nor change.</summary>
internal sealed class OtherAccount(ApiStack stack)
{
    public const string Flow = "their-flow";
    public const string Key = "their-key";

    /// <summary>Is in all that it has, and in no answer to anybody else.</summary>
    public const string Mark = "marked-as-theirs";

    public string Name { get; } = ApiStack.NewAccount();

    public string KeyId { get; private set; } = "";

    public string SecretId { get; private set; } = "";

    public string LeaseId { get; private set; } = "";

    public string Cursor { get; private set; } = "";

    public string EventId { get; private set; } = "";

    public async Task FillAsync()
    {
        KeyId = await CreateAsync("keys", $$"""{"name":"{{Mark}}","roles":["get"]}""");
        await PutAsync("ttl", """{"ttlSeconds":4242}""");
        await PutAsync("limits", """{"requestsPerSecond":4242,"burst":4242}""");
        await PutAsync($"flows/{Flow}/ttl", """{"ttlSeconds":2424}""");
        await PutAsync($"flows/{Flow}/source", $$"""{"keyRules":["{{Mark}}"]}""");
        await stack.Root.SetAsync(Name, "leased", $"\"{Mark}\"");
        EventId = (await stack.Root.SetAsync(Name, Key, $"\"{Mark}\"")).Id;
        await stack.Root.EventsAsync(Name, Key, 1);
        Cursor = Text(await stack.Root.GetFromJsonAsync<JsonElement>($"/get/{Key}/events?account={Name}"), "next");
        using (var taken = await stack.Root.PostAsync($"/get/leased/take?account={Name}&lease=600&wait=20", null))
            LeaseId = Text(await taken.Content.ReadFromJsonAsync<JsonElement>(), "leaseId");
        // Last: from then on its webhooks have to be signed.
        SecretId = await CreateAsync($"flows/{Flow}/signing", $$"""{"scheme":"github","secret":"{{Mark}}-secret"}""");
    }

    /// <summary>All that can be read of it, by the root key; but for who tried to send it something, which is noted.</summary>
    public async Task<string> ReadAsync(IEnumerable<ApiRoute> routes)
    {
        var all = new List<string>();
        foreach (var route in routes.Where(IsAboutAnAccount))
        {
            using var answer = await stack.Root.GetAsync($"{route.Named(Name, Flow, Key, KeyId)}?account={Name}");
            Assert.True(answer.IsSuccessStatusCode, $"{route} answers {answer.StatusCode}");
            all.Add($"{route}: {await answer.Content.ReadAsStringAsync()}");
        }

        return string.Join('\n', all.Order(StringComparer.Ordinal));
    }

    private static bool IsAboutAnAccount(ApiRoute route)
        => route.Method == "GET" && route.Role is not null && !route.Path.EndsWith("/deliveries", StringComparison.Ordinal)
            && (route.Path.StartsWith("/accounts/", StringComparison.Ordinal) || route.Path.StartsWith("/get/", StringComparison.Ordinal));

    private async Task<string> CreateAsync(string path, string body)
    {
        using var answer = await stack.Root.PostAsync($"/accounts/{Name}/{path}", Calls.Json(body));
        return Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "id");
    }

    private async Task PutAsync(string path, string body)
    {
        using var answer = await stack.Root.PutAsync($"/accounts/{Name}/{path}", Calls.Json(body));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
