using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using SetGet.Core.Queues;
using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Load;

/// <summary>Messages that no sender of ours makes, put into the queue among the good ones: they must end as dead letters, and hurt nobody else.</summary>
internal sealed class BadMessages(World world, int seed, Calls calls)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<string, string> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _perhaps = new(StringComparer.Ordinal);

    /// <summary>Body to reason, of those that SQS took.</summary>
    internal IReadOnlyDictionary<string, string> Sent => _sent;

    /// <summary>Of those of which it did not say so.</summary>
    internal IReadOnlyDictionary<string, string> Perhaps => _perhaps;

    internal async Task RunAsync(CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"bad-{seed}-{number}");
            var (body, reason) = number % 2 == 0 ? (name, "not-json") : ($$"""{"note":"{{name}}"}""", "unsupported-version");
            var result = (await world.Events.SendAsync([new OutgoingMessage(body, "bad", name, [])], CancellationToken.None))[0];
            (result.Outcome == SendOutcome.Sent ? _sent : _perhaps)[body] = reason;
            await Task.Delay(Interval, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>All dead letters there are; null where a look failed.</summary>
    internal async Task<List<SeenDeadLetter>?> DeadLettersAsync()
    {
        var all = new List<SeenDeadLetter>();
        for (var after = ""; ;)
        {
            var path = "dead-letters?limit=1000" + after;
            var call = await calls.SendAsync(calls.Apis, () => Readers.Get(path));
            if (!call.IsFine) return null;
            using var page = JsonDocument.Parse(call.Body);
            all.AddRange(page.RootElement.GetProperty("deadLetters").EnumerateArray()
                .Select(letter => new SeenDeadLetter(letter.GetProperty("reason").GetString()!, letter.GetProperty("body").GetString()!)));
            if (!page.RootElement.TryGetProperty("next", out var next)) return all;
            after = "&after=" + Uri.EscapeDataString(next.GetString()!);
        }
    }
}
