using SetGet.Core.Events;
using SetGet.Tests.Core;

namespace SetGet.Tests.Worker;

/// <summary>What can never succeed goes to the dead-letter queue, and hurts nothing beside it.</summary>
[Needs(Needs.RedisServer | Needs.Linux)]
public sealed class PoisonTests
{
    [Fact]
    public async Task BadMessages_AmongGoodOnes_BecomeDeadLettersWithTheirReasons()
    {
        var f = await StoreFixture.CreateAsync(StoreServer.Redis);
        await using var stack = await WorkerStack.StartAsync();
        var good = Enumerable.Range(0, 81).Select(i => f.Envelope($"{i}", f.Time.Now + i)).ToList();
        var used = f.Envelope("1", idempotencyKey: "once", keys: ["other"]);
        var conflict = f.Envelope("2", idempotencyKey: "once", keys: ["other"]);
        await stack.SendAsync(WorkerStack.Text(used));
        await stack.DrainedAsync();

        var sample = WorkerStack.Text(f.Envelope("0"));
        var bad = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["{ no json & +%"] = DeadLetterReasons.NotJson,
            [sample.Replace("\"v\":1", "\"v\":7", StringComparison.Ordinal)] = DeadLetterReasons.UnsupportedVersion,
            [sample.Replace(f.Account, "no account", StringComparison.Ordinal)] = DeadLetterReasons.InvalidAccount,
            [sample.Replace("\"key\"", "", StringComparison.Ordinal)] = DeadLetterReasons.NoWebhookKeys,
            [sample.Replace("\"root\"", "\"stranger\"", StringComparison.Ordinal)] = DeadLetterReasons.SenderUnknown,
            [sample.Replace("\"flowId\"", "\"\\ud800\":1,\"flowId\"", StringComparison.Ordinal)] = DeadLetterReasons.InvalidRequest,
            [WorkerStack.Text(f.Envelope("3", f.Time.Now + 400_000_000_000))] = DeadLetterReasons.InvalidAcceptedAt,
            [WorkerStack.Text(f.Envelope("4", keys: [.. Enumerable.Range(0, 1001).Select(i => $"k{i}")]))] = DeadLetterReasons.TooManyWebhookKeys,
            [WorkerStack.Text(conflict)] = DeadLetterReasons.IdempotencyConflict,
        };
        await stack.SendAsync([.. bad.Keys.SelectMany((b, i) => good.Skip(i * 9).Take(9).Select(WorkerStack.Text).Append(b))]);
        await stack.DrainedAsync();

        var store = await stack.StoreAsync(f);
        var page = await store.ListAsync(f.Account, "key", null, 1000, CancellationToken.None);
        Assert.Equal(good.Select(g => g.Id), page.Events.Select(e => e.Id));
        var dead = await stack.DeadLettersAsync(bad.Count);
        Assert.Equal(bad.OrderBy(b => b.Key, StringComparer.Ordinal), dead.Select(d => KeyValuePair.Create(d.Body!, d.MessageAttributes!["Reason"].StringValue!)).OrderBy(b => b.Key, StringComparer.Ordinal));
        Assert.All(dead, d =>
        {
            Assert.NotEmpty(d.MessageAttributes!["Detail"].StringValue!);
            Assert.Equal("1", d.MessageAttributes!["ReceiveCount"].StringValue!);
            Assert.Equal("group", d.Attributes!["MessageGroupId"]);
            Assert.True(long.Parse(d.MessageAttributes!["DeadAt"].StringValue!) > 0);
            Assert.NotEmpty(d.MessageAttributes!["SourceMessageId"].StringValue!);
        });
    }
}
