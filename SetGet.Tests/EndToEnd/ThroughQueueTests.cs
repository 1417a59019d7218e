using System.Globalization;

namespace SetGet.Tests.EndToEnd;

/// <summary>What happens to messages however they come: written to the queue as the gateway's template writes them.</summary>
public abstract class ThroughQueue : IDisposable
{
    private static readonly string[] Poison =
    [
        "this is not JSON",
        Envelope(NewId(), 1, "poisoned", "k", version: 9),
        Envelope(NewId(), 1, "poisoned", "k").Replace("\"poisoned\"", "\"no such/account\"", StringComparison.Ordinal),
        Envelope(NewId(), 1, "poisoned", "k").Replace("[\"k\"]", "[]", StringComparison.Ordinal),
    ];

    private readonly AppFixture _app;
    private readonly QueueSide _queue;

    protected ThroughQueue(AppFixture app)
    {
        _app = app;
        _queue = new QueueSide(app);
    }

    public static TheoryData<int, string> PoisonCases => new()
    {
        { 0, "not-json" }, { 1, "unsupported-version" }, { 2, "invalid-account" }, { 3, "no-webhook-keys" },
    };

    public void Dispose()
    {
        _queue.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Events_OutOfOrder_ReadInOrderOfAcceptance()
    {
        var account = "order-" + NewId();
        var now = Now();
        long[] accepted = [now - 1000, now - 5000, now, now - 3000, now - 2000];
        foreach (var at in accepted) await _queue.SendAsync(account, Envelope(NewId(), at, account, "ordered", data: at.ToString(CultureInfo.InvariantCulture)));

        var events = await _app.Api.EventsAsync(account, "ordered", accepted.Length);
        using var newest = await _app.Api.GetAsync(account, "ordered");

        // The cursor brings late ones after what it had already given, so the whole is asked for again, from the oldest.
        var all = await _app.Api.EventsAsync(account, "ordered", 1);
        Assert.Equal(accepted.Length, events.Count);
        Assert.Equal(accepted.Order(), all.Select(e => e.GetProperty("data").GetInt64()));
        Assert.Equal(now.ToString(CultureInfo.InvariantCulture), await newest.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Message_DeliveredTwice_IsOneEvent()
    {
        var account = "twice-" + NewId();
        var text = Envelope(NewId(), Now(), account, "once");
        await _queue.SendAsync(account, text);
        await _queue.SendAsync(account, text);
        await _queue.SendAsync(account, Envelope(NewId(), Now() + 1, account, "last"));
        await _queue.DrainedAsync();

        Assert.Single(await _app.Api.EventsAsync(account, "once", 1));
    }

    [Fact]
    public async Task Message_DeliveredAgainAfterItWasTaken_StaysTaken()
    {
        var account = "taken-" + NewId();
        var text = Envelope(NewId(), Now(), account, "once");
        await _queue.SendAsync(account, text);
        using var taken = await _app.Api.PostAsync($"/get/once/take?account={account}&wait=20", null);
        Assert.Contains("\"data\"", await taken.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await _queue.SendAsync(account, text);
        await _queue.DrainedAsync();

        using var again = await _app.Api.GetAsync($"/get/once?account={account}");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [MemberData(nameof(PoisonCases))]
    public async Task Batch_OneOfTenIsPoison_NineAreStoredAndOneIsADeadLetter(int poison, string reason)
    {
        var account = "poison-" + NewId();
        var body = Poison[poison].Replace("poisoned", account, StringComparison.Ordinal);
        await _queue.SendBatchAsync(account, Enumerable.Range(0, 10).Select(i => i == 4 ? body : Envelope(NewId(), Now() + i, account, "good")));

        var dead = await _queue.TakeDeadLetterAsync(body);

        Assert.Equal(reason, dead.MessageAttributes!["Reason"].StringValue);
        Assert.Equal(9, (await _app.Api.EventsAsync(account, "good", 9)).Count);
    }

    private static string NewId() => Guid.NewGuid().ToString();

    private static long Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Envelope(string id, long acceptedAt, string account, string key, int version = 1, string data = "1")
        => $$$"""
        {"v":{{{version}}},"id":"{{{id}}}","acceptedAt":{{{acceptedAt}}},"sender":"root",
         "set":{"accountId":"{{{account}}}","flowId":"f","webhookKeys":["{{{key}}}"],"data":{{{data}}}}}
        """;
}

[Collection(AppCollection.Name)]
public sealed class ThroughQueueTests : ThroughQueue
{
    public ThroughQueueTests(AppFixture app)
        : base(app)
    {
    }
}

[Collection(LambdaCollection.Name)]
public sealed class ThroughQueueByLambdaTests : ThroughQueue
{
    public ThroughQueueByLambdaTests(LambdaAppFixture app)
        : base(app)
    {
    }
}
