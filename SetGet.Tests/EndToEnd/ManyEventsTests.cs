using System.Text.Json;

namespace SetGet.Tests.EndToEnd;

/// <summary>Thousands of events at once: what is accepted is readable under each of its keys, and none of it twice.</summary>
public abstract class ManyEvents
{
    private const int Connections = 32;

    // Each event goes under a key of each kind; no key gets more than a history keeps.
    private const int KeysOfAKind = 100;

    private static readonly string[] Kinds = ["order", "customer", "day"];

    private readonly AppFixture _app;
    private readonly int _events;

    protected ManyEvents(AppFixture app, int events)
    {
        _app = app;
        _events = events;
    }

    [Fact]
    public async Task Set_ThousandsFromManyConnections_EachIsReadOnceUnderEachKey()
    {
        var account = "many-" + Guid.NewGuid();
        var accepted = new string[_events];
        await Parallel.ForEachAsync(Enumerable.Range(0, _events), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (i, _)
            => accepted[i] = await _app.Api.SetAsync(account, $$"""{"number":{{i}}}""", [.. Kinds.Select(kind => Key(kind, i))]));
        Assert.Equal(_events, accepted.Distinct().Count());
        using var queue = new QueueSide(_app);
        await queue.DrainedAsync();

        foreach (var kind in Kinds)
        {
            for (var key = 0; key < KeysOfAKind; key++)
            {
                var expected = Enumerable.Range(0, _events / KeysOfAKind).Select(n => key + n * KeysOfAKind).ToList();
                var read = await _app.Api.EventsAsync(account, Key(kind, key), expected.Count);
                Assert.Equal(expected.Select(i => accepted[i]).Order(), read.Select(e => e.GetProperty("id").GetString()).Order());
                Assert.Equal(expected, read.Select(Number).Order());
            }
        }
    }

    private static string Key(string kind, int number) => $"{kind}:{number % KeysOfAKind}";

    private static int Number(JsonElement stored) => stored.GetProperty("data").GetProperty("number").GetInt32();
}

[Collection(AppCollection.Name)]
public sealed class ManyEventsTests : ManyEvents
{
    public ManyEventsTests(AppFixture app)
        : base(app, 3_000)
    {
    }
}

[Collection(LambdaCollection.Name)]
public sealed class ManyEventsByLambdaTests : ManyEvents
{
    public ManyEventsByLambdaTests(LambdaAppFixture app)
        : base(app, 1_000)
    {
    }
}
