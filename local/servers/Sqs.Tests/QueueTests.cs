using Microsoft.Extensions.Time.Testing;
using Sqs.Engine;

namespace Sqs.Tests;

/// <summary>Which names a queue may have and who finds it by them.</summary>
public class QueueTests
{
    [Fact]
    public async Task SecondPurge_Purges()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        for (var i = 0; i < 2; i++)
        {
            await sqs.SendAsync(queue, "x");
            await PurgeAsync(sqs.Engine, "q");
            Assert.Empty(await sqs.ReceiveAsync(queue));
        }
    }

    [Fact]
    public async Task DeletedName_IsFreeAtOnce()
    {
        await using var sqs = new EngineHarness();
        await CreateAsync(sqs.Engine, "q");
        await DeleteAsync(sqs.Engine, "q");
        await CreateAsync(sqs.Engine, "q");
    }

    [Fact]
    public async Task SharedQueue_IsFoundFromEveryAccountThatHasNoneOfItsName()
    {
        await using var sqs = new EngineHarness();
        var elsewhere = new SqsAccount("eu-west-1", "111122223333");
        var shared = await sqs.CreateAsync("q");
        await Assert.ThrowsAsync<SqsException>(() => sqs.RunAsync(_ => QueueRegistry.Get(sqs.Engine, elsewhere, "q")));
        sqs.Engine.State.Share(shared);
        Assert.Same(shared, await sqs.RunAsync(_ => QueueRegistry.Get(sqs.Engine, elsewhere, "q")));
        Assert.Equal(["q"], sqs.Engine.State.Of(elsewhere).Select(queue => queue.Name));
        await DeleteAsync(sqs.Engine, "q");
        Assert.Empty(sqs.Engine.State.Of(elsewhere));
    }

    [Fact]
    public async Task Restart_KeepsAccountsApart()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider();
        var elsewhere = new SqsAccount("cn-north-1", "111122223333");
        await using (var disk = DiskEngine.Open(folder.Path, clock))
        {
            await disk.Sqs.CreateAsync("q");
            await disk.Sqs.RunAsync(
                now => QueueRegistry.Create(disk.Sqs.Engine, elsewhere, "q", new Dictionary<string, string>(), new Dictionary<string, string>(), now));
        }

        await using var again = DiskEngine.Open(folder.Path, clock);
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:q", again.Queue("q").Arn);
        Assert.Equal("arn:aws-cn:sqs:cn-north-1:111122223333:q", QueueRegistry.Get(again.Sqs.Engine, elsewhere, "q").Arn);
    }

    private static async Task CreateAsync(SqsEngine engine, string name) => await engine.CommitAsync(now
        => QueueRegistry.Create(engine, EngineHarness.Account, name, new Dictionary<string, string>(), new Dictionary<string, string>(), now));

    private static async Task PurgeAsync(SqsEngine engine, string name) => await engine.CommitAsync(now =>
    {
        QueueRegistry.Purge(engine, QueueRegistry.Get(engine, EngineHarness.Account, name));
        return true;
    });

    private static async Task DeleteAsync(SqsEngine engine, string name) => await engine.CommitAsync(now =>
    {
        QueueRegistry.Delete(engine, QueueRegistry.Get(engine, EngineHarness.Account, name));
        return true;
    });
}
