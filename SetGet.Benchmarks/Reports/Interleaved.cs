using Spectre.Console;

namespace SetGet.Benchmarks.Reports;

/// <summary>Measures all targets in each round, in changing order: what else the machine does hits all of them alike.</summary>
internal static class Interleaved
{
    internal static Task RunAsync<T>(string name, int rounds, IReadOnlyList<T> targets, Func<T, int, Task> measure)
        => AnsiConsole.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }).StartAsync(async progress =>
        {
            var place = new RunPlace(name, rounds, rounds * targets.Count);
            var task = progress.AddTask(Markup.Escape(place.Text(0)), maxValue: rounds * targets.Count);
            var done = 0;
            for (var round = 0; round < rounds; round++)
                foreach (var target in round % 2 == 0 ? targets : targets.Reverse())
                {
                    await measure(target, round);
                    task.Increment(1);
                    task.Description = Markup.Escape(place.Text(++done));
                }
        });
}
