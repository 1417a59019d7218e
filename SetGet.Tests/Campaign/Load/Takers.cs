using System.Collections.Concurrent;
using System.Net;
using System.Text;
using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Load;

/// <summary>Uses some keys as queues: takes with a lease and acknowledges most of it, or takes for good.</summary>
internal sealed class Takers(Checker checker, Calls calls)
{
    private const int Most = 20;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<(string Account, string Key), int> _uncertain = new();

    /// <summary>Per account and key: how many events may have been in answers that never came, to takes without a lease.</summary>
    internal IReadOnlyDictionary<(string Account, string Key), int> Uncertain => _uncertain;

    internal Task RunAsync(CancellationToken stop)
    {
        var leased = Enumerable.Range(0, Plan.LeasedKeys).Select(Plan.LeasedKey).SelectMany(key => new[] { key, key });
        var taken = Enumerable.Range(0, Plan.TakenKeys).Select(Plan.TakenKey);
        return Task.WhenAll(Accounts.All.SelectMany(
            account => leased.Select(key => RunAsync(account.Id, key, Lease, stop)).Concat(taken.Select(key => RunAsync(account.Id, key, null, stop)))));
    }

    private async Task RunAsync(string account, string key, TimeSpan? lease, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var reading = checker.Begin(account, key);
            var path = $"get/{key}/take?account={account}&max={Most}&wait=2" + (lease is { } held ? $"&lease={(int)held.TotalSeconds}" : "");
            var call = await calls.SendAsync(calls.Apis, () => Post(path, null));
            if (call.IsFine)
            {
                var (taken, leaseId) = EventAnswers.List(call, "leaseId");
                checker.Taken(reading, taken, lease);
                // One in eight dies with its lease.
                if (leaseId is not null && Random.Shared.Next(8) > 0) await AcknowledgeAsync(account, key, leaseId, taken);
                continue;
            }

            if (lease is null) _uncertain.AddOrUpdate((account, key), Most, (_, before) => before + Most);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task AcknowledgeAsync(string account, string key, string leaseId, List<SeenEvent> taken)
    {
        var call = await calls.SendAsync(calls.Apis, () => Post($"get/{key}/ack?account={account}", $$"""{"leaseId":"{{leaseId}}"}"""));
        if (call.IsFine || call.Status != HttpStatusCode.Conflict) checker.Acknowledged(taken, call.IsFine);
    }

    private static HttpRequestMessage Post(string path, string? body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Headers.Add("X-Api-Key", World.RootKey);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }
}
