using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>What <c>POST /set</c> answers.</summary>
public sealed record Accepted(string Id, string AcceptedAt, string[] WebhookKeys);

/// <summary>The calls that many tests make.</summary>
internal static class Calls
{
    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static string SetText(string account, IEnumerable<string> keys, string data)
        => $$"""{"accountId":"{{account}}","flowId":"flow","webhookKeys":["{{string.Join("\",\"", keys)}}"],"data":{{data}}}""";

    public static Task<Accepted> SetAsync(this HttpClient http, string account, string key, string data) => http.SetAsync(account, [key], data);

    public static async Task<Accepted> SetAsync(this HttpClient http, string account, string[] keys, string data)
    {
        using var answer = await http.PostAsync("/set", Json(SetText(account, keys, data)));
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Accepted>())!;
    }

    public static async Task HookAsync(this HttpClient http, string account, string key, string contentType, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var answer = await http.PostAsync($"/hooks/{account}/flow/{key}", content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>The first events of a key, by arrival; waits up to 20 seconds for each page.</summary>
    public static async Task<IReadOnlyList<JsonElement>> EventsAsync(this HttpClient http, string account, string key, int count)
    {
        var events = new List<JsonElement>();
        var after = "";
        while (events.Count < count)
        {
            var page = await http.GetFromJsonAsync<JsonElement>($"/get/{key}/events?account={account}&wait=20{after}");
            var arrived = page.GetProperty("events").EnumerateArray().ToList();
            Assert.NotEmpty(arrived);
            events.AddRange(arrived);
            after = "&after=" + page.GetProperty("next").GetString();
        }

        return [.. events.OrderBy(each => each.GetProperty("id").GetString(), StringComparer.Ordinal)];
    }

    public static string Header(this HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    /// <summary>Asserts that an answer is a complete problem document of this kind, and returns it.</summary>
    public static async Task<JsonElement> IsProblemAsync(this HttpResponseMessage answer, int status, string code, params string[] fields)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal("urn:setget:problem:" + code, problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        if (fields.Length > 0) Assert.Equal(fields.Order(), problem.GetProperty("errors").EnumerateObject().Select(each => each.Name).Order());
        return problem;
    }
}
