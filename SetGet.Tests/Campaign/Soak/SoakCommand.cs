using System.CommandLine;
using System.Globalization;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Soak;

/// <summary><c>soak</c>: a steady load for long, and whether anything grows.</summary>
internal static class SoakCommand
{
    private static readonly Option<int> Minutes = new("--minutes") { Description = "How long.", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> Rate = new("--rate") { Description = "Events a second; about half of what the machine can.", DefaultValueFactory = _ => 300 };

    internal static Command Create()
    {
        var command = new Command("soak", "Steady load, and what every process holds, minute by minute. Needs Linux and redis-server.") { Minutes, Rate };
        command.SetAction((options, cancellationToken) => RunAsync(options.GetValue(Minutes), options.GetValue(Rate), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(int minutes, int rate, CancellationToken cancellationToken)
    {
        await using var world = await World.StartAsync(new CampaignSettings { Seed = 1 }, cancellationToken);
        await using var load = new SteadyLoad(world, rate);
        var samples = new List<SoakSample>();
        Console.WriteLine(SoakSample.Header(world));
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (samples.Count < minutes && await timer.WaitForNextTickAsync(cancellationToken))
        {
            samples.Add(await SoakSample.TakeAsync(world, load, cancellationToken));
            Console.WriteLine(samples[^1]);
        }

        return Judge(world, samples) ? 0 : 1;
    }

    // The first third warms up: compilers, pools, the heap's budget. After that the last third may hold no more than the one before it, but for noise.
    private static bool Judge(World world, List<SoakSample> samples)
    {
        var third = Math.Max(1, samples.Count / 3);
        var (middle, last) = (samples.Skip(samples.Count - (2 * third)).Take(third).ToList(), samples.TakeLast(third).ToList());
        var isFlat = true;
        Console.WriteLine("\n| process | memory | handles | threads |\n|---|---:|---:|---:|");
        foreach (var name in world.Parts.Select(part => part.Name).Where(name => name != "redis"))
        {
            double[] growth = [Growth(name, each => each.Memory), Growth(name, each => each.Handles), Growth(name, each => each.Threads)];
            isFlat &= growth.All(each => each < 1.1);
            Console.WriteLine($"| {name} | {string.Join(" | ", growth.Select(each => each.ToString("0.00", CultureInfo.InvariantCulture)))} |");
        }

        var (before, after) = (samples[^Math.Min(samples.Count, third + 1)], samples[^1]);
        var perEvent = (after.RedisBytes - before.RedisBytes) / (double)Math.Max(1, after.Sent - before.Sent);
        // What has expired is gone; that it was there is remembered for a day, in some 130 bytes.
        isFlat &= perEvent < 200 && last.Average(each => each.Records) < 1.2 * middle.Average(each => each.Records);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nLast third to the third before: above. Redis: {perEvent:0} bytes for each event of the last third, {last.Average(each => each.Records):N0} records after {middle.Average(each => each.Records):N0}; {after.Failed:N0} of {after.Sent:N0} requests failed."));
        return isFlat;

        double Growth(string part, Func<ProcessFigures, double> figure) => last.Average(each => figure(each.Parts[part])) / middle.Average(each => figure(each.Parts[part]));
    }
}
