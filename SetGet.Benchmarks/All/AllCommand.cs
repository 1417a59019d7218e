using System.CommandLine;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Reports;
using Spectre.Console;

namespace SetGet.Benchmarks.All;

/// <summary><c>all</c>: every benchmark of the <see cref="Plan"/> in turn. What one lacks or fails in does not keep the others from running.</summary>
internal static class AllCommand
{
    private static readonly Option<bool> Long = new("--long") { Description = "More and longer rounds: about an hour in place of ten minutes." };

    internal static Command Create(RootCommand root)
    {
        var command = new Command("all", "Every benchmark in turn, and the page anew.") { Long };
        command.SetAction((options, cancellationToken) => RunAsync(root, options.GetValue(Long), cancellationToken));
        return command;
    }

    internal static Command CreatePage()
    {
        var command = new Command("page", "Makes docs/benchmarks.md and its pictures anew of what was measured.");
        command.SetAction(static _ => Page.Refresh());
        return command;
    }

    /// <returns>The exit code: 1 where a benchmark failed. One that was passed over is none that failed.</returns>
    private static async Task<int> RunAsync(RootCommand root, bool isLong, CancellationToken cancellationToken)
    {
        var outcomes = new Table().AddColumns("benchmark", "outcome");
        var failed = false;
        for (var i = 0; i < Plan.Runs.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var run = Plan.Runs[i];
            var afterwards = Plan.Runs.Skip(i + 1).Aggregate(TimeSpan.Zero, (sum, later) => sum + later.Estimate(isLong));
            RunPlace.Among = (i + 1, Plan.Runs.Length, afterwards);
            AnsiConsole.Write(new Rule(Markup.Escape(
                $"{i + 1} of {Plan.Runs.Length}: {run.Command}, about {(run.Estimate(isLong) + afterwards).TotalMinutes:0} min left")).LeftJustified());
            var fault = await OutcomeAsync(root, run, isLong, cancellationToken);
            failed |= fault is { IsMissing: false };
            if (fault is not null) AnsiConsole.WriteLine(fault.Text);
            // The rest, the last lines of a server, stands above.
            outcomes.AddRow(Markup.Escape(run.Command), Markup.Escape(fault?.Text.Split('\n')[0] ?? "measured"));
        }

        AnsiConsole.Write(outcomes);
        return failed ? 1 : 0;
    }

    private static async Task<Fault?> OutcomeAsync(RootCommand root, PlannedRun run, bool isLong, CancellationToken cancellationToken)
    {
        if (run.Needs.Where(static need => Tools.Find(need) is null).Select(Tools.Describe).ToList() is { Count: > 0 } missing)
            return new Fault(IsMissing: true, $"passed over: needs {string.Join(", ", missing)}");
        try
        {
            // Ctrl+C is told to this command, which hands it on.
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            var code = await root.Parse(run.CommandLine(isLong)).InvokeAsync(invocation, cancellationToken);
            return code == 0 ? null : new Fault(IsMissing: false, $"failed: '{run.CommandLine(isLong)}' ended with code {code}");
        }
        catch (MissingToolException tool)
        {
            return new Fault(IsMissing: true, $"passed over: {tool.Message}");
        }
#pragma warning disable CA1031 // Whatever it is: the others are to run, and this is told at the end.
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new Fault(IsMissing: false, $"failed: {fault.Message}");
        }
    }

    private sealed record Fault(bool IsMissing, string Text);
}
