using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Faults;

/// <summary>What networks do, and what SQS may.</summary>
internal static class WireFaults
{
    internal static IEnumerable<Fault> All =>
    [
        .. On("Redis", "redis", world => world.Redis.Wire, world => !world.Redis.IsCluster),
        .. On("SQS", "sqs", world => world.SqsWire, _ => true),
        Sqs("SQS throttles", SqsFault.Throttled),
        Sqs("SQS fails", SqsFault.Failing),
        Sqs("SQS does not answer what it did", SqsFault.Unanswered),
        Sqs("SQS delivers twice", SqsFault.Duplicating),
        Sqs("SQS delays and reorders", SqsFault.Reordering),
        Sqs("SQS delivers again, much later", SqsFault.Late),
        Sqs("SQS does a part of a batch", SqsFault.Partial),
        Sqs("SQS wants other credentials", SqsFault.Forbidden),
        Sqs("SQS answers nonsense", SqsFault.Garbled),
    ];

    private static IEnumerable<Fault> On(string name, string touches, Func<World, Wire> wire, Func<World, bool> isPossible)
    {
        (string What, WireFault Fault)[] faults = [("slow", WireFault.Slow), ("stalled", WireFault.Stalled), ("half open", WireFault.HalfOpen), ("cut", WireFault.Cut), ("torn", WireFault.Torn), ("too many", WireFault.Refused)];
        return faults.Select(each => new Fault($"connections to {name} {each.What}", touches, strike => StrikeAsync(strike, wire(strike.World), each.Fault))
        {
            IsPossible = isPossible,
        });
    }

    private static Task StrikeAsync(Strike strike, Wire wire, WireFault fault)
    {
        wire.Set(fault);
        return strike.HoldThenAsync(0.3, 4, () => wire.Set(WireFault.None));
    }

    private static Fault Sqs(string name, SqsFault fault) => new(name, "sqs", strike =>
    {
        strike.World.SqsDoor.Set(fault);
        return strike.HoldThenAsync(0.5, 4, () => strike.World.SqsDoor.Set(SqsFault.None));
    });
}
