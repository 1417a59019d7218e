using System.CommandLine;
using System.Globalization;
using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Core;
using Spectre.Console;

namespace SetGet.Tests.Campaign;

/// <summary><c>campaign</c>: the whole of SetGet under load, with faults at random instants, and every promise checked.</summary>
internal static class CampaignCommand
{
    private static readonly Option<int?> Seed = new("--seed") { Description = "What events and faults are drawn from. Without it: another each time." };
    private static readonly Option<int> Events = new("--events") { Description = "Events to send, at least.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Faults = new("--faults") { Description = "Faults to strike.", DefaultValueFactory = _ => 500 };
    private static readonly Option<string[]> Only = new("--only") { Description = "Only faults of these names; repeatable.", DefaultValueFactory = _ => [] };
    private static readonly Option<DirectoryInfo?> Beside = new("--beside") { Description = "A folder with API and worker of another build, which work beside this one's: an upgrade, halfway." };
    private static readonly Option<FileInfo?> Template = new("--template") { Description = "The gateway's template of another build." };
    private static readonly Option<string> Redis = Choice();
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), LogInterval = TimeSpan.FromSeconds(15);

    internal static Command Create()
    {
        var command = new Command("campaign", "Sends events by all ways while faults strike, and checks that every promise is kept. Needs Linux and redis-server.")
        { Seed, Events, Faults, Redis, Only, Beside, Template };
        command.SetAction((options, cancellationToken) => RunAsync(
            new CampaignSettings
            {
                Seed = options.GetValue(Seed) ?? Random.Shared.Next(),
                Events = options.GetValue(Events),
                Faults = options.GetValue(Faults),
                Redis = options.GetValue(Redis)!,
                Only = options.GetValue(Only)!,
                Beside = options.GetValue(Beside)?.FullName,
                Template = options.GetValue(Template)?.FullName,
            },
            cancellationToken));
        return command;
    }

    /// <summary>Runs one with its progress on the screen. Answers 0 where no promise was broken.</summary>
    private static async Task<int> RunAsync(CampaignSettings settings, CancellationToken cancellationToken)
    {
        AnsiConsole.MarkupLineInterpolated($"Seed [bold]{settings.Seed}[/], {settings.Events:N0} events, {settings.Faults} faults, on {settings.Redis}");
        await using var run = await CampaignRun.StartAsync(settings, cancellationToken);
        run.Verdicts.Found = Console.WriteLine;
        var running = run.RunAsync();
        await ShowAsync(run, running);
        try
        {
            await running;
        }
        finally
        {
            // Also of one that somebody ended.
            Write(run);
        }

        return run.Verdicts.Broken == 0 ? 0 : 1;
    }

    // On a terminal one line that changes; in a log, a line now and then.
    private static async Task ShowAsync(CampaignRun run, Task running)
    {
        if (AnsiConsole.Profile.Capabilities.Interactive)
        {
            await AnsiConsole.Status().StartAsync("", async status =>
            {
                while (await Task.WhenAny(running, Task.Delay(Interval, TimeProvider.System, CancellationToken.None)) != running) status.Status = Markup.Escape(Line(run));
            });
            return;
        }

        while (await Task.WhenAny(running, Task.Delay(LogInterval, TimeProvider.System, CancellationToken.None)) != running) Console.WriteLine(Line(run));
    }

    private static string Line(CampaignRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Elapsed:hh\\:mm\\:ss}  {run.Sent:N0} events, {run.Waiting?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} in the queue, {run.Director.Count} faults, {run.Verdicts.Broken} broken  {run.Director.Current}");

    // Markdown: it goes into docs/reliability.md as it is.
    private static void Write(CampaignRun run)
    {
        Console.WriteLine("\n| fault | struck |\n|---|---:|");
        foreach (var (name, count) in run.Director.Struck.OrderBy(each => each.Key, StringComparer.Ordinal)) Console.WriteLine($"| {name} | {count} |");
        Console.WriteLine("\n| promise | checked | broken |\n|---|---:|---:|");
        foreach (var (rule, count, broken) in run.Verdicts.ByRule) Console.WriteLine($"| {Rules.Text(rule)} | {Number(count)} | {Number(broken)} |");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nSeed {run.Settings.Seed}: {run.Accepted:N0} of {run.Sent:N0} events acknowledged, {run.Requests:N0} requests, {run.Director.Count} faults of {run.Director.Struck.Count} kinds in {run.Elapsed:hh\\:mm\\:ss}"));
        if (run.Verdicts.Broken > 0) Console.WriteLine($"Logs and data: {run.Folder}");
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static Option<string> Choice()
    {
        var option = new Option<string>("--redis") { Description = "What plays Redis; redis-cluster is one of three masters and three replicas.", DefaultValueFactory = _ => StoreServer.Redis };
        option.AcceptOnlyFromAmong(StoreServer.Redis, StoreServer.Garnet, StoreServer.Cluster);
        return option;
    }
}
