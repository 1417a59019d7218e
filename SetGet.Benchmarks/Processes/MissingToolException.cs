namespace SetGet.Benchmarks.Processes;

/// <summary>The machine lacks what a benchmark needs: nothing was measured, and nothing is wrong.</summary>
internal sealed class MissingToolException(string message) : InvalidOperationException(message);
