using System.Diagnostics;

namespace SetGet.Tests.Fuzzing;

/// <summary>What the runs of one target were.</summary>
/// <param name="Corpus">Inputs that reach something that no other does.</param>
/// <param name="Edges">Edges of the instrumented assemblies that were gone over; 0 where none is instrumented.</param>
/// <param name="Worst">Longest time of an input.</param>
/// <param name="WorstAllocation">Most bytes that an input allocated for each of its own, of those with at least <see cref="Fuzzer.CountsFrom"/>.</param>
/// <param name="Faults">What was found.</param>
internal sealed record FuzzResult(
    string Target, long Inputs, TimeSpan Took, int Corpus, int Edges, TimeSpan Worst, double WorstAllocation, IReadOnlyList<FuzzFault> Faults);

/// <summary>A fault: an exception that a target does not know, or more allocated than it may.</summary>
internal sealed record FuzzFault(string Key, byte[] Input, string Text);

/// <summary>Runs a target on inputs that it makes of its corpus, and keeps those that reach something new. From one seed the same inputs, in the same order.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed, string crashes, IEnumerable<byte[]> corpus)
{
    /// <summary>Shorter inputs say nothing of what an input's byte allocates.</summary>
    public const int CountsFrom = 64;

    private const int MostFaults = 20;

    private readonly List<byte[]> _corpus = [.. corpus];
    private readonly Dictionary<string, FuzzFault> _faults = new(StringComparer.Ordinal);
    private long _worst;
    private double _worstAllocation;

    /// <summary>The inputs that are kept.</summary>
    public IReadOnlyList<byte[]> Corpus => _corpus;

    /// <summary>The corpus as it is, then so many inputs made of it.</summary>
    /// <param name="edges">Where instrumented assemblies count; null to keep nothing.</param>
    public FuzzResult Run(long inputs, EdgeMap? edges, Action<long> progress, CancellationToken cancellationToken)
    {
        using var watch = new Watch(crashes, target.Name);
        var mutator = new Mutator(target, seed);
        var began = Stopwatch.GetTimestamp();
        // Once for nothing: the first time what is done once, as compiling and caching, allocates and takes time too.
        foreach (var input in _corpus) RunOnce(input, watch);
        foreach (var input in _corpus) Keep(input, watch, edges, keeps: false);
        (_worst, _worstAllocation) = (0, 0);
        long done = 0;
        for (; done < inputs && _faults.Count < MostFaults && !cancellationToken.IsCancellationRequested; done++)
        {
            Keep(mutator.Mutate(_corpus), watch, edges, keeps: true);
            if (done % 1024 == 0) progress(done);
        }

        progress(done);
        return new FuzzResult(
            target.Name, done, Stopwatch.GetElapsedTime(began), _corpus.Count, edges?.Edges ?? 0, Stopwatch.GetElapsedTime(0, _worst), _worstAllocation, [.. _faults.Values]);
    }

    /// <summary>The fewest inputs found that go over every edge together: the shortest first, then those that add something.</summary>
    public List<byte[]> Distilled(EdgeMap edges, int mostBytes)
    {
        using var watch = new Watch(crashes, target.Name);
        edges.Forget();
        var few = new List<byte[]>();
        foreach (var input in _corpus.OrderBy(each => each.Length))
        {
            if (mostBytes < input.Length) break;
            edges.Clear();
            Try(input, watch);
            if (!edges.TakeNew()) continue;
            few.Add(input);
            mostBytes -= input.Length;
        }

        return few;
    }

    private void Keep(byte[] input, Watch watch, EdgeMap? edges, bool keeps)
    {
        edges?.Clear();
        var fault = Try(input, watch);
        if (edges?.TakeNew() == true && keeps && fault is null) _corpus.Add(input);
    }

    private string? Try(byte[] input, Watch watch)
    {
        var fault = RunOnce(input, watch);
        if (fault is null || _faults.ContainsKey(fault.Value.Key)) return fault?.Key;
        var small = Smaller(input, fault.Value.Key, watch);
        var found = new FuzzFault(fault.Value.Key, small, RunOnce(small, watch)?.Text ?? fault.Value.Text);
        _faults.Add(found.Key, found);
        File.WriteAllBytes(Path.Combine(crashes, $"{target.Name}-{_faults.Count}"), small);
        File.WriteAllText(Path.Combine(crashes, $"{target.Name}-{_faults.Count}.txt"), $"{CorpusFile.Encode(small)}\n\n{found.Text}\n");
        return found.Key;
    }

    private (string Key, string Text)? RunOnce(byte[] input, Watch watch)
    {
        watch.Begin(input);
        var (allocated, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        try
        {
            target.Run(input);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            target.Check(input);
        }
#pragma warning disable CA1031 // Whatever it is, it is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (KeyOf(exception), exception.ToString());
        }
        finally
        {
            watch.End();
        }

        _worst = Math.Max(_worst, Stopwatch.GetTimestamp() - began);
        if (input.Length >= CountsFrom) _worstAllocation = Math.Max(_worstAllocation, (double)allocated / input.Length);
        var most = target.BaseAllocation + ((long)target.AllocationPerByte * input.Length);
        return allocated <= most ? null : ("allocation", $"{input.Length} bytes allocate {allocated}, at most {most} are to be.");
    }

    // A fault is one by its kind and the place that throws it.
    private static string KeyOf(Exception exception)
    {
        var frame = new StackTrace(exception).GetFrames().Select(each => each.GetMethod()).FirstOrDefault(each => each?.DeclaringType?.Namespace?.StartsWith("System", StringComparison.Ordinal) == false);
        return $"{exception.GetType().Name} {frame?.DeclaringType?.Name}.{frame?.Name}{(exception is FuzzFaultException ? exception.Message : "")}";
    }

    // Without all that the fault does not need, within some tries.
    private byte[] Smaller(byte[] input, string key, Watch watch)
    {
        for (var size = input.Length / 2; size > 0; size /= 2)
        {
            for (var at = 0; at + size <= input.Length;)
            {
                byte[] without = [.. input.AsSpan(0, at), .. input.AsSpan(at + size)];
                if (RunOnce(without, watch)?.Key == key) input = without;
                else at += size;
            }
        }

        return input;
    }
}
