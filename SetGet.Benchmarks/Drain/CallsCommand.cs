using System.CommandLine;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Drain;

/// <summary><c>calls</c>: how many requests to SQS and round trips to Redis an event takes, from <c>POST /set</c> until it is stored.</summary>
internal static class CallsCommand
{
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds.", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Seconds a round.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Rate = new("--rate") { Description = "Events a second; what the worker can bear.", DefaultValueFactory = _ => 2000 };
    private static readonly Option<int> Delay = new("--delay")
    {
        Description = "Milliseconds from a request to SQS to its answer, beside what SQS takes itself: in AWS it is in no process beside.",
        DefaultValueFactory = _ => 5,
    };

    /// <summary>At most so many of each, for a thousand events.</summary>
    private const double SqsGoal = 350, RedisGoal = 120;

    internal static Command Create()
    {
        var command = new Command("calls", "SQS requests and Redis round trips an event under load, and what an event costs each process.")
        { Rounds, Seconds, Rate, Delay };
        command.SetAction((options, cancellationToken) => RunAsync(
            options.GetValue(Rounds), options.GetValue(Seconds), options.GetValue(Rate), options.GetValue(Delay), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, int seconds, int rate, int delay, CancellationToken cancellationToken)
    {
        const string Ours = "SetGet.Api and SetGet.Worker", Most = "the goal";
        var sqs = new Comparison("requests to SQS", "for 1,000 events", Ours, Most, Goal.AtMost(1));
        var redis = new Comparison("round trips to Redis", "for 1,000 events", Ours, Most, Goal.AtMost(1));
        await using var stack = await CountedStack.StartAsync(TimeSpan.FromMilliseconds(delay), cancellationToken);
        await Interleaved.RunAsync("calls", rounds + 1, [stack], async (_, round) =>
        {
            // The first round warms up, gently: processes that have just started do not bear the load yet. The last is kept for simulate.
            var now = round == 0 ? rate / 4 : rate;
            var cost = await stack.MeasureAsync(now, now * seconds, cancellationToken);
            if (round == 0) return;
            sqs.Add(Ours, cost.SqsCalls * 1000);
            sqs.Add(Most, SqsGoal);
            redis.Add(Ours, cost.RedisRoundTrips * 1000);
            redis.Add(Most, RedisGoal);
            cost.Write();
        });
        Report.Write("calls", $"Calls: {rate:N0} events a second of 1 KB for {seconds} s a round, SQS {delay} ms away", [sqs, redis]);
    }
}
