using Amazon.SQS.Model;
using SetGet.Tests.Campaign.Load;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Faults;

/// <summary>Full disks, wrong clocks, no handles left, and what operators do.</summary>
internal static class OtherFaults
{
    // The clock is read again each second, and a lease lives five.
    private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(2);
    private const int FurthestOff = 30;

    internal static IEnumerable<Fault> All =>
    [
        new("disk full under SQS", "sqs", strike => FillDiskAsync(strike, strike.World.SqsDisk, strike.World.Sqs, strike.World.StartSqsAsync))
        {
            IsPossible = world => world.SqsDisk.IsSmall,
        },
        new("disk full under Redis", "redis", strike => FillDiskAsync(
            strike, strike.World.Redis.Disk, strike.World.Redis.Nodes[0].Part, stop => strike.World.Redis.Nodes[0].StartAsync(stop)))
        {
            IsPossible = world => !world.Redis.IsCluster && world.Redis.Disk.IsSmall,
        },
        new("clock of a worker off", "clock", strike => SetClockAsync(strike, strike.World.Workers[1].Name)) { IsPossible = _ => Clock.CanJump },
        new("clock of an API off", "clock", strike => SetClockAsync(strike, strike.World.Apis[1].Part.Name)) { IsPossible = _ => Clock.CanJump },
        new("an API out of file handles", "api", strike =>
        {
            var api = strike.Choose(strike.World.Apis);
            return UseUpHandlesAsync(strike, api.Part, api.StartAsync);
        }),
        new("a worker out of file handles", "worker", strike =>
        {
            var worker = strike.Choose(strike.World.Workers);
            return UseUpHandlesAsync(strike, worker, _ => worker.StartAsync());
        }),
        new("dead letters redriven", "dead letters", strike => strike.Calls.SendAsync(
            strike.Calls.Apis, () => Readers.Ask(HttpMethod.Post, "dead-letters/redrive"))),
        new("queue deleted and made again", "sqs", RemakeQueueAsync) { IsAlone = true },
    ];

    // Who answers for nothing that he cannot keep ends, says why, and goes on from his data when he is started again.
    private static async Task FillDiskAsync(Strike strike, SmallDisk disk, Part part, Func<CancellationToken, Task> startAsync)
    {
        await disk.FillAsync(strike.Stop);
        await strike.HoldThenAsync(0.5, 3, disk.FreeAsync);
        await StartIfEndedAsync(strike, part, startAsync);
    }

    // It may keep what it has open, and open nothing more: no connection, no file. Now and then .NET itself ends of that, when it needs memory for code.
    private static async Task UseUpHandlesAsync(Strike strike, Part part, Func<CancellationToken, Task> startAsync)
    {
        await Handles.UseUpAsync(part);
        await strike.HoldThenAsync(0.5, 4, () => Handles.FreeAsync(part));
        await StartIfEndedAsync(strike, part, startAsync);
    }

    private static async Task StartIfEndedAsync(Strike strike, Part part, Func<CancellationToken, Task> startAsync)
    {
        if (part.IsAlive) return;
        await part.KillAsync();
        await startAsync(strike.Stop);
    }

    private static async Task SetClockAsync(Strike strike, string part)
    {
        var off = TimeSpan.FromSeconds((strike.Random.NextDouble() - 0.5) * 2 * FurthestOff);
        var folder = strike.World.Folder.FullName;
        strike.Checker.DoubtClocks(TimeSpan.FromDays(1));
        Clock.Set(folder, part, off);
        await strike.HoldThenAsync(2, 5, () =>
        {
            Clock.Set(folder, part, TimeSpan.Zero);
            // What was leased by a clock that is ahead stays leased for longer.
            strike.Checker.DoubtClocks(UntilTold + TimeSpan.FromSeconds(FurthestOff + 5));
        });
    }

    // What is in a deleted queue is lost, by whoever deleted it: so it is emptied first, and senders find it gone.
    private static async Task RemakeQueueAsync(Strike strike)
    {
        using var held = strike.Backlog.HoldSenders();
        await strike.Backlog.IsEmptyAsync(strike.Stop);
        var sqs = strike.World.DirectSqs;
        var attributes = (await sqs.GetQueueAttributesAsync(strike.World.EventsUrl, ["VisibilityTimeout", "MessageRetentionPeriod", "RedrivePolicy", "ReceiveMessageWaitTimeSeconds"], strike.Stop)).Attributes!;
        await sqs.DeleteQueueAsync(strike.World.EventsUrl, strike.Stop);
        held.Dispose();
        await strike.HoldAsync(0.5, 3);
        await sqs.CreateQueueAsync(new CreateQueueRequest { QueueName = "setget-events", Attributes = attributes }, CancellationToken.None);
    }
}
