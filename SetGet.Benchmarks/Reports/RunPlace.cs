namespace SetGet.Benchmarks.Reports;

/// <summary>Where a run is, in words: which run of how many, which round of how many, and how long all of it will still take.</summary>
internal sealed class RunPlace(string name, int rounds, int steps)
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <summary>Where several runs follow each other, and which of them this one is; null for a run by itself.</summary>
    internal static (int Number, int Of, TimeSpan Afterwards)? Among { get; set; }

    /// <param name="done">Steps that are done; a round has one for each target.</param>
    internal string Text(int done)
    {
        var run = Among is var (number, of, _) ? $"run {number} of {of}, {name}" : name;
        var round = Math.Min(rounds, (done * rounds / steps) + 1);
        return $"{run}, round {round} of {rounds}{Left(done)}";
    }

    private string Left(int done)
    {
        if (done == 0) return "";
        var left = (TimeProvider.System.GetElapsedTime(_start) / done * (steps - done)) + (Among?.Afterwards ?? TimeSpan.Zero);
        return left < TimeSpan.FromSeconds(90) ? $", about {left.TotalSeconds:0} s left" : $", about {left.TotalMinutes:0} min left";
    }
}
