using Amazon.SQS.Model;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Faults;

/// <summary>A full disk, wrong clocks, a queue that somebody deleted.</summary>
internal static class OtherFaults
{
    // The clock is read again each second, and a lease lives five.
    private static readonly TimeSpan UntilTold = TimeSpan.FromSeconds(2);
    private const int FurthestOff = 30;

    internal static IEnumerable<Fault> All =>
    [
        new("disk full under SQS", "sqs", FillDiskAsync) { IsPossible = world => world.SqsDisk.IsSmall },
        new("clock of a worker off", "clock", strike => SetClockAsync(strike, strike.World.Workers[1].Name)) { IsPossible = _ => Clock.CanJump },
        new("clock of an API off", "clock", strike => SetClockAsync(strike, strike.World.Apis[1].Part.Name)) { IsPossible = _ => Clock.CanJump },
        new("queue deleted and made again", "sqs", RemakeQueueAsync) { IsAlone = true },
    ];

    // The local SQS answers for nothing that it cannot keep: it ends, says why, and goes on from its data when it is started again.
    private static async Task FillDiskAsync(Strike strike)
    {
        await strike.World.SqsDisk.FillAsync(strike.Stop);
        await strike.HoldThenAsync(0.5, 3, strike.World.SqsDisk.Free);
        if (strike.World.Sqs.IsAlive) return;
        await strike.World.Sqs.KillAsync();
        await strike.World.StartSqsAsync(strike.Stop);
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
