using System.CommandLine;

namespace SetGet.Tests.Campaign.Seeded;

/// <summary><c>seeded</c>: the campaign against copies of the product that are wrong on purpose. A campaign that does not find them proves nothing.</summary>
internal static class SeededCommand
{
    private static readonly Option<int> Seed = new("--seed") { Description = "What events and faults are drawn from.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string[]> Only = new("--only") { Description = "Only seeded faults of these names; repeatable.", DefaultValueFactory = _ => [] };

    internal static Command Create()
    {
        var command = new Command("seeded", "Builds copies of the product, each with one fault in it, and lets campaigns find them. Needs Linux and redis-server.") { Seed, Only };
        command.SetAction((options, cancellationToken) => RunAsync(options.GetValue(Seed), options.GetValue(Only)!, cancellationToken));
        return command;
    }

    /// <summary>Answers 0 where every fault was found.</summary>
    private static async Task<int> RunAsync(int seed, string[] only, CancellationToken cancellationToken)
    {
        using var copy = new FaultyCopy();
        var faults = SeededFault.All.Where(fault => only.Length == 0 || only.Contains(fault.Name)).ToList();
        var missed = 0;
        Console.WriteLine("| seeded fault | found by | first finding |\n|---|---|---|");
        foreach (var fault in faults)
        {
            await copy.BuildAsync(fault, cancellationToken);
            var (isFound, broken, example) = await TryAsync(fault, copy.Binaries, seed, cancellationToken);
            Console.WriteLine($"| {fault.Name} | {(isFound ? broken : $"**not found** {broken}")} | {example} |");
            if (!isFound) missed++;
        }

        Console.WriteLine($"\n{faults.Count - missed} of {faults.Count} found, with seed {seed}");
        return missed == 0 ? 0 : 1;
    }

    private static async Task<(bool IsFound, string Broken, string Example)> TryAsync(SeededFault fault, string binaries, int seed, CancellationToken cancellationToken)
    {
        var settings = new CampaignSettings { Seed = seed, Events = 2_000, Faults = fault.Needs.Length == 0 ? 0 : 8, Only = fault.Needs, Binaries = binaries, LongestDrain = TimeSpan.FromSeconds(40) };
        await using var run = await CampaignRun.StartAsync(settings, cancellationToken);
        await run.RunAsync();
        run.ForgetLogs();
        var broken = run.Verdicts.ByRule.Where(each => each.Broken > 0).ToList();
        var example = run.Verdicts.Examples.FirstOrDefault(each => fault.Breaks.Any(rule => each.StartsWith(rule.ToString(), StringComparison.Ordinal))) ?? "";
        return (broken.Any(each => fault.Breaks.Contains(each.Rule)), string.Join(", ", broken.Select(each => $"{each.Rule} ({each.Broken})")), example);
    }
}
