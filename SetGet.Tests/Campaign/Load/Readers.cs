using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Load;

/// <summary>Reads what was sent a little while ago: the newest of a key, sometimes a page of its history.</summary>
internal sealed class Readers(Plan plan, EventSenders senders, Checker checker, Calls calls)
{
    // As old as what may still come late.
    private const int LookBack = 3_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    internal Task RunAsync(int count, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => RunOneAsync(stop)));

    /// <summary>A key's whole history, or null where a read failed.</summary>
    internal async Task<List<SeenEvent>?> HistoryAsync(string account, string key)
    {
        var all = new List<SeenEvent>();
        var ids = new HashSet<Guid>();
        for (var after = ""; ;)
        {
            var call = await calls.SendAsync(calls.Apis, () => Get($"get/{key}/events?account={account}&limit=1000{after}"));
            if (!call.IsFine) return null;
            var (page, next) = EventAnswers.List(call, "next");
            all.AddRange(page);
            // A page of what was there before: a history that goes in a circle, as the doubles in it show.
            var known = ids.Count;
            ids.UnionWith(page.Select(seen => seen.Id));
            if (ids.Count == known) return all;
            after = "&after=" + Uri.EscapeDataString(next!);
        }
    }

    internal static HttpRequestMessage Get(string path) => Ask(HttpMethod.Get, path);

    internal static HttpRequestMessage Ask(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-Api-Key", World.RootKey);
        return request;
    }

    private async Task RunOneAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            var last = senders.Begun;
            if (last == 0) continue;
            var planned = plan[Math.Max(0, last - 1 - Random.Shared.Next(LookBack))];
            if (planned.Purpose is Purpose.Leased or Purpose.Taken) continue;
            var key = planned.Keys[Random.Shared.Next(planned.Keys.Count)];
            if (Random.Shared.Next(10) == 0) await PageAsync(planned.Account.Id, key);
            else await NewestAsync(planned.Account.Id, key);
        }
    }

    private async Task NewestAsync(string account, string key)
    {
        var reading = checker.Begin(account, key);
        var call = await calls.SendAsync(calls.Apis, () => Get($"get/{key}?account={account}"));
        if (call.IsFine) checker.Newest(reading, EventAnswers.Newest(call));
        else if ((int)call.Status == 404) checker.Newest(reading, null);
    }

    private async Task PageAsync(string account, string key)
    {
        var reading = checker.Begin(account, key);
        var call = await calls.SendAsync(calls.Apis, () => Get($"get/{key}/events?account={account}&limit=50"));
        if (call.IsFine) checker.Page(reading, EventAnswers.List(call, "next").Events);
    }
}
