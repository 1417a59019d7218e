using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Faults;

/// <summary>kill -9, SIGSTOP, and restarts as a deployment makes them.</summary>
internal static class ProcessFaults
{
    // A load balancer's deregistration delay, though a short one: whoever has chosen the API sends its request in that time, on a busy machine too.
    private static readonly TimeSpan Draining = TimeSpan.FromSeconds(2);

    internal static IEnumerable<Fault> All =>
    [
        new("API killed", "api", strike => KillApiAsync(strike, strike.Choose(strike.World.Apis))),
        new("worker killed", "worker", strike => KillAsync(strike, strike.Choose(strike.World.Workers))),
        new("both workers killed", "worker", strike => Task.WhenAll(strike.World.Workers.Select(worker => KillAsync(strike, worker)))),
        new("SQS and gateway killed", "sqs", KillSqsAsync),
        new("Redis killed", "redis", KillRedisAsync),
        new("API stopped", "api", strike => StopAsync(strike, strike.Choose(strike.World.Apis).Part)),
        new("worker stopped", "worker", strike => StopAsync(strike, strike.Choose(strike.World.Workers), longest: 8)),
        new("SQS and gateway stopped", "sqs", strike => StopAsync(strike, strike.World.Sqs)),
        new("Redis stopped", "redis", strike => StopAsync(strike, strike.Choose(strike.World.Redis.Nodes).Part)),
        new("APIs restarted in turn", "api", RollApisAsync) { IsAlone = true },
        new("workers restarted in turn", "worker", RollWorkersAsync),
    ];

    private static async Task KillAsync(Strike strike, Part part)
    {
        await part.KillAsync();
        await strike.HoldAsync(0, 1.5);
        await part.StartAsync();
    }

    private static async Task KillApiAsync(Strike strike, ApiDoor api)
    {
        await api.Part.KillAsync();
        await strike.HoldAsync(0, 1.5);
        await api.StartAsync(strike.Stop);
    }

    private static async Task KillSqsAsync(Strike strike)
    {
        await strike.World.Sqs.KillAsync();
        await strike.HoldAsync(0, 1.5);
        await strike.World.StartSqsAsync(strike.Stop);
    }

    private static async Task KillRedisAsync(Strike strike)
    {
        var node = strike.Choose(strike.World.Redis.Nodes);
        await node.Part.KillAsync();
        // Before the others of a cluster notice, mostly.
        await strike.HoldAsync(0, 1);
        await node.StartAsync(strike.Stop);
    }

    private static Task StopAsync(Strike strike, Part part, double longest = 4)
    {
        part.Stop();
        return strike.HoldThenAsync(0.3, longest, part.Continue);
    }

    private static async Task RollApisAsync(Strike strike)
    {
        strike.Calls.BeginRolling();
        try
        {
            foreach (var api in strike.World.Apis)
            {
                await api.RollAsync(Draining, strike.Stop);
                await strike.HoldAsync(0.1, 0.5);
            }
        }
        finally
        {
            strike.Calls.EndRolling();
        }
    }

    private static async Task RollWorkersAsync(Strike strike)
    {
        foreach (var worker in strike.World.Workers)
        {
            await worker.TerminateAsync();
            await worker.StartAsync();
            await strike.HoldAsync(0.1, 0.5);
        }
    }
}
