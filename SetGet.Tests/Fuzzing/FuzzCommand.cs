using System.CommandLine;
using Spectre.Console;

namespace SetGet.Tests.Fuzzing;

/// <summary><c>fuzz</c>: millions of inputs that are made of the corpus, led by the edges that they reach.</summary>
internal static class FuzzCommand
{
    private static readonly Option<string?> Target = new("--target") { Description = "One target; left out, all of them." };
    private static readonly Option<long> Inputs = new("--inputs") { Description = "Inputs, over all targets by their weights.", DefaultValueFactory = static _ => 10_000_000 };
    private static readonly Option<int> Seed = new("--seed") { Description = "What the inputs are made from.", DefaultValueFactory = static _ => 1 };
    private static readonly Option<string> Corpus = new("--corpus") { Description = "Where the corpus is read and written.", DefaultValueFactory = static _ => CorpusFile.Folder };

    internal static Command Create()
    {
        var command = new Command("fuzz", "Mutates inputs, led by the edges of the code that they reach; finds what crashes, hangs or allocates without bound.")
        { Target, Inputs, Seed, Corpus };
        command.SetAction(static (options, cancellationToken) => Task.Run(
            () => Start(options.GetValue(Target), options.GetValue(Inputs), options.GetValue(Seed), options.GetValue(Corpus)!, cancellationToken), CancellationToken.None));
        return command;
    }

    /// <returns>The exit code: 1 where something was found.</returns>
    private static int Start(string? target, long inputs, int seed, string corpus, CancellationToken cancellationToken)
    {
        if (target is not null && FuzzTargets.Create().All(each => each.Name != target))
        {
            AnsiConsole.WriteLine($"There is no target {target}: it must be one of {string.Join(", ", FuzzTargets.Create().Select(each => each.Name))}.");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("setget-fuzz-").FullName;
        var run = Instrumented.Load(typeof(FuzzRun), folder, Instrumented.Fuzzed).GetMethod(nameof(FuzzRun.Run))!;
        return (int)run.Invoke(null, [target, inputs, seed, corpus, cancellationToken])!;
    }
}
