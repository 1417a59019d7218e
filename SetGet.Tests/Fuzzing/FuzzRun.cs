using System.Globalization;
using Spectre.Console;

namespace SetGet.Tests.Fuzzing;

/// <summary>A long run over the targets, with its progress and its figures on the screen.</summary>
internal static class FuzzRun
{
    /// <summary>Longest corpus of a target that is written. Bytes.</summary>
    private const int MostCorpus = 20_000;

    /// <summary>Beside the corpus; git does not see it.</summary>
    private const string Crashes = "crashes";

    /// <summary>Called by name, on the instrumented copies.</summary>
    public static int Run(string? target, long inputs, int seed, string corpus, CancellationToken cancellationToken)
    {
        var edges = new EdgeMap();
        var targets = FuzzTargets.Create().Where(each => target is null || each.Name == target).ToList();
        var weights = targets.Sum(each => each.Weight);
        var results = new List<FuzzResult>();
        AnsiConsole.WriteLine($"Seed {seed}, corpus {corpus}");
        AnsiConsole.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).Start(progress =>
        {
            var tasks = targets.ConvertAll(each => progress.AddTask(each.Name, autoStart: false, maxValue: Math.Ceiling(inputs * each.Weight / weights)));
            for (var i = 0; i < targets.Count && !cancellationToken.IsCancellationRequested; i++)
            {
                tasks[i].StartTask();
                results.Add(Run(targets[i], edges, seed, corpus, tasks[i], cancellationToken));
                tasks[i].StopTask();
            }
        });
        Show(results);
        return results.Any(each => each.Faults.Count > 0) ? 1 : 0;
    }

    private static FuzzResult Run(FuzzTarget target, EdgeMap edges, int seed, string corpus, ProgressTask task, CancellationToken cancellationToken)
    {
        edges.Forget();
        var crashes = Path.Combine(corpus, "..", Crashes);
        if (Watch.Left(crashes, target.Name) is { } left) AnsiConsole.WriteLine($"{target.Name}: the former run ended in this input: {CorpusFile.Encode(left)}");
        var fuzzer = new Fuzzer(target, seed, crashes, CorpusFile.Read(corpus, target));
        var result = fuzzer.Run((long)task.MaxValue, edges, done => task.Value = done, cancellationToken);
        var few = fuzzer.Distilled(edges, MostCorpus);
        CorpusFile.Write(corpus, target.Name, few);
        return result with { Corpus = few.Count };
    }

    private static void Show(List<FuzzResult> results)
    {
        var table = new Table().AddColumns("target", "inputs", "inputs/s", "corpus", "edges", "worst ms", "worst bytes/byte", "faults");
        foreach (var each in results)
        {
            table.AddRow(
                each.Target, Text(each.Inputs, "N0"), Text(each.Inputs / each.Took.TotalSeconds, "N0"), Text(each.Corpus, "N0"), Text(each.Edges, "N0"),
                Text(each.Worst.TotalMilliseconds, "N1"), Text(each.WorstAllocation, "N0"), Text(each.Faults.Count, "N0"));
        }

        AnsiConsole.Write(table);
        foreach (var each in results)
            foreach (var fault in each.Faults) AnsiConsole.WriteLine($"{each.Target}: {CorpusFile.Encode(fault.Input)}{Environment.NewLine}{fault.Text}");
        AnsiConsole.WriteLine($"{Text(results.Sum(each => each.Inputs), "N0")} inputs, {results.Sum(each => each.Faults.Count)} faults");
    }

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
