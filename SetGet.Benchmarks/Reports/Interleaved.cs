using Spectre.Console;

namespace SetGet.Benchmarks.Reports;

/// <summary>Measures all targets in each round, in changing order: what else the machine does hits all of them alike.</summary>
internal static class Interleaved
{
    internal static Task RunAsync<T>(string name, int rounds, IReadOnlyList<T> targets, Func<T, int, Task> measure)
        => AnsiConsole.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask(name, maxValue: rounds * targets.Count);
            for (var round = 0; round < rounds; round++)
                foreach (var target in round % 2 == 0 ? targets : targets.Reverse())
                {
                    await measure(target, round);
                    task.Increment(1);
                }
        });
}
