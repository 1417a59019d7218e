using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using StackExchange.Redis;

namespace SetGet.Tests.Api;

/// <summary>Many callers at once: what they may never see, and what they see exactly once.</summary>
[Collection(ApiCollection.Name)]
public sealed class ConcurrencyTests(ApiStack stack)
{
    [Fact]
    public async Task TwoAccounts_WithTheSameKeys_NeverSeeEachOther()
    {
        const int Operations = 5000;
        var accounts = new[] { ApiStack.NewAccount(), ApiStack.NewAccount() };
        var clients = new List<HttpClient>();
        foreach (var account in accounts) clients.Add(stack.Client((await stack.CreateKeyAsync(account, "set", "get", "admin")).Secret));
        var strangers = new ConcurrentBag<string>();
        var read = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, 2 * Operations), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var (mine, theirs) = (accounts[i % 2], accounts[1 - (i % 2)]);
            var text = await OperateAsync(clients[i % 2], mine, i / 2);
            if (text.Contains(mine, StringComparison.Ordinal)) Interlocked.Increment(ref read);
            if (text.Contains(theirs, StringComparison.Ordinal)) strangers.Add(text);
        });

        Assert.Empty(strangers);
        Assert.True(read > Operations / 10, $"only {read} operations saw any data at all");
        clients.ForEach(each => each.Dispose());
    }

    [Fact]
    public async Task TwentyTakers_OfFiveThousandEvents_GetEachOnce()
    {
        const int Events = 5000;
        var account = ApiStack.NewAccount();
        await SetManyAsync(account, Events);
        var taken = new ConcurrentBag<string>();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            while (taken.Count < Events && !limit.IsCancellationRequested)
                foreach (var data in await TakeAsync(account, "max=50&wait=2")) taken.Add(data);
        }));

        Assert.Equal(Events, taken.Count);
        Assert.Equal(Events, taken.Distinct().Count());
    }

    [Fact, Needs(Needs.RedisServer | Needs.Linux)]
    public async Task TwoThousandWaiters_CostRedisLittle_AndAllAreAnswered()
    {
        const int Waiters = 2000;
        var account = ApiStack.NewAccount();
        using var redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis + ",allowAdmin=true");
        using var http = stack.Client(ApiStack.RootKey);
        var waiting = Enumerable.Range(0, Waiters).Select(i => WaitAsync(http, $"/get/w{i}?account={account}&wait=20")).ToArray();
        // A rate is commands over time, so this is the one test that lets time pass: until three windows were quiet.
        var (before, after) = (0L, long.MaxValue);
        for (var quiet = 0; quiet < 3; quiet = after - before < 50 ? quiet + 1 : 0)
        {
            before = await CommandsAsync(redis);
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
            after = await CommandsAsync(redis);
        }

        foreach (var chunk in Enumerable.Range(0, Waiters).Chunk(500)) await stack.Root.SetAsync(account, [.. chunk.Select(i => $"w{i}")], "\"woken\"");

        Assert.All(await Task.WhenAll(waiting), each => Assert.Equal("\"woken\"", each));
    }

    /// <summary>Waits until there is something: on a slow machine for longer than one request may.</summary>
    private static async Task<string> WaitAsync(HttpClient http, string url)
    {
        while (true)
        {
            using var answer = await http.GetAsync(url);
            if (answer.IsSuccessStatusCode) return await answer.Content.ReadAsStringAsync();
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<string> OperateAsync(HttpClient http, string account, int i)
    {
        var key = $"shared{i % 7}";
        using var answer = await ((i % 5) switch
        {
            0 => http.PostAsync("/set", Calls.Json(Calls.SetText(account, [key, $"shared{(i + 1) % 7}"], $"\"{account}\""))),
            1 => http.GetAsync($"/get/{key}"),
            2 => http.GetAsync($"/get/{key}/events?limit=5"),
            3 => http.PostAsync("/get", Calls.Json($$"""{"webhookKeys":["{{key}}","shared0"]}""")),
            _ => http.PostAsync($"/get/{key}/take?lease=1", null),
        });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode || (int)answer.StatusCode == 404, text);
        return text;
    }

    private Task SetManyAsync(string account, int count)
        => Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) => await stack.Root.SetAsync(account, "k", i.ToString()));

    private async Task<IEnumerable<string>> TakeAsync(string account, string query)
    {
        using var answer = await stack.Root.PostAsync($"/get/k/take?account={account}&{query}", null);
        var taken = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return taken.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("data").GetRawText());
    }

    private static async Task<long> CommandsAsync(ConnectionMultiplexer redis)
    {
        var stats = await redis.GetServer(redis.GetEndPoints()[0]).InfoAsync("stats");
        return long.Parse(stats.SelectMany(each => each).Single(each => each.Key == "total_commands_processed").Value);
    }
}
