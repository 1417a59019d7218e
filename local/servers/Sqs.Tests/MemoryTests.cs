namespace Sqs.Tests;

/// <summary>The memory of the process is everybody's: what measures it runs alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryCollection
{
    public const string Name = "memory";
}

/// <summary>Memory, at a tenth of the million messages that are promised to fit into a gigabyte.</summary>
[Collection(MemoryCollection.Name)]
public class MemoryTests
{
    private const int Messages = 100_000;
    private const long MaximumBytesPerMessage = 1000;

    [Fact]
    public async Task Messages_OfHundredBytes_TakeUnderThousandEachAndComeBack()
    {
        await using var sqs = new EngineHarness();
        var queue = await sqs.CreateAsync("q");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var body = new string('x', 100);
        for (var i = 0; i < Messages; i++) await sqs.SendAsync(queue, body);
        var full = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(full, Messages * 100L, Messages * MaximumBytesPerMessage);

        for (var i = 0; i < Messages / 10; i++)
            foreach (var message in await sqs.ReceiveAsync(queue)) await sqs.DeleteAsync(queue, message.Handle);
        Assert.Equal(0, queue.Messages.Count);
        var empty = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(empty < full / 10, $"{empty} bytes are left of {full}");
    }
}
