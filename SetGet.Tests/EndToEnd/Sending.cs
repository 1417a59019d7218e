using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SetGet.Tests.EndToEnd;

/// <summary>What a sender and KP do over HTTP, with the root key.</summary>
internal static class Sending
{
    internal const string RootKey = "dev-root-key";

    internal static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    /// <summary>The text of a set request, its data exactly as given.</summary>
    internal static string SetText(string account, string data, params IEnumerable<string> keys)
        => $$"""{"accountId":"{{account}}","flowId":"orders","webhookKeys":["{{string.Join("\",\"", keys)}}"],"data":{{data}}}""";

    /// <summary>Sets an event and returns its id.</summary>
    internal static async Task<string> SetAsync(this HttpClient api, string account, string data, params string[] keys)
    {
        using var response = await api.PostAsync("/set", Json(SetText(account, data, keys)));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var accepted = await response.Content.ReadFromJsonAsync<JsonElement>();
        return accepted.GetProperty("id").GetString()!;
    }

    /// <summary>Asks again while the answer has one of these states: what was away comes back in its own time, and a machine that is busy with tests is slow.</summary>
    internal static async Task<HttpResponseMessage> AskAgainWhileAsync(HttpStatusCode[] states, Func<Task<HttpResponseMessage>> ask, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (true)
        {
            var answer = await ask();
            if (!states.Contains(answer.StatusCode)) return answer;
            answer.Dispose();
            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>The newest event's response, waiting for it up to 20 seconds.</summary>
    internal static Task<HttpResponseMessage> GetAsync(this HttpClient api, string account, string key)
        => api.GetAsync($"/get/{key}?account={account}&wait=20");

    /// <summary>The first <paramref name="count"/> events of a key, waiting for each page up to 20 seconds.</summary>
    internal static async Task<IReadOnlyList<JsonElement>> EventsAsync(this HttpClient api, string account, string key, int count)
    {
        var events = new List<JsonElement>();
        var after = "";
        while (events.Count < count)
        {
            var page = await api.GetFromJsonAsync<JsonElement>($"/get/{key}/events?account={account}&limit=1000&wait=20{after}");
            var arrived = page.GetProperty("events").EnumerateArray().ToList();
            if (arrived.Count == 0) break;
            events.AddRange(arrived);
            after = "&after=" + page.GetProperty("next").GetString();
        }

        return events;
    }
}
