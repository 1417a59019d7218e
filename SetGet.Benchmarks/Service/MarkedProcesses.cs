using System.Diagnostics;

namespace SetGet.Benchmarks.Service;

/// <summary>A process, with the environment and the arguments that it was started with.</summary>
internal sealed record MarkedProcess(int Id, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments)
{
    /// <summary>What follows an argument, as in <c>--port 5000</c>; null where it is not there.</summary>
    internal string? After(string argument)
    {
        var at = Arguments.ToList().IndexOf(argument);
        return at >= 0 && at + 1 < Arguments.Count ? Arguments[at + 1] : null;
    }
}

/// <summary>
/// All processes of one app host, whoever started them: an orchestrator starts most of them, detached. They have a variable in common, which each hands
/// on to those that it starts.
/// </summary>
internal sealed class MarkedProcesses
{
    private const string Variable = "SETGET_BENCHMARK_RUN";

    private readonly string _mark = Guid.NewGuid().ToString();

    /// <summary>What the first of them is to have in its environment.</summary>
    internal KeyValuePair<string, string> Mark => new(Variable, _mark);

    /// <summary>Those that run now.</summary>
    internal List<MarkedProcess> Find()
    {
        var found = new List<MarkedProcess>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var id) && TryRead(folder, "environ") is { } environment && environment.Contains($"{Variable}={_mark}"))
                found.Add(new MarkedProcess(id, Pairs(environment), TryRead(folder, "cmdline") ?? []));
        return found;
    }

    /// <summary>What those that run now have used of all processors.</summary>
    internal TimeSpan ProcessorTime() => Find().Aggregate(TimeSpan.Zero, static (sum, process) => sum + ProcessorTimeOf(process.Id));

    /// <summary>Waits until none is left; those that are still there then are killed.</summary>
    internal async Task EndAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        while (Find() is { Count: > 0 } left)
        {
            if (TimeProvider.System.GetElapsedTime(start) > atMost) left.ForEach(static process => Kill(process.Id));
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private static string[]? TryRead(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file)).Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
            return null;
        }
    }

    private static Dictionary<string, string> Pairs(string[] environment)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var line in environment)
            if (line.Split('=', 2) is [var name, var value]) pairs[name] = value;
        return pairs;
    }

    private static TimeSpan ProcessorTimeOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.TotalProcessorTime;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return TimeSpan.Zero;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
