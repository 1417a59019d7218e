using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace SetGet.Tests.Fuzzing;

/// <summary>
/// Which edges of the instrumented assemblies an input went over, and how often (once, twice, 3, 4 to 7, 8 to 15, … times), as AFL counts them. Where nothing is
/// instrumented nothing is counted, and nothing is ever new.
/// </summary>
internal sealed unsafe class EdgeMap
{
    private const int Size = 1 << 16;

    private static readonly byte[] Class = [.. Enumerable.Range(0, 256).Select(static count => (byte)(count switch
    {
        < 3 => count,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    }))];

    // Never given back: what still runs in the background goes on counting.
    private readonly byte* _counts = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    /// <summary>One in a process, before any instrumented code runs.</summary>
    public EdgeMap() => Trace.SharedMem = _counts;

    /// <summary>Edges that some input went over.</summary>
    public int Edges => _seen.Count(static each => each != 0);

    /// <summary>Before an input.</summary>
    public void Clear()
    {
        new Span<byte>(_counts, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the input went where, or as often as, none did before; remembers it.</summary>
    public bool TakeNew()
    {
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(_counts, Size / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] == 0) continue;
            for (var i = word * sizeof(ulong); i < (word + 1) * sizeof(ulong); i++)
            {
                var reached = Class[_counts[i]];
                if ((reached & ~_seen[i]) == 0) continue;
                _seen[i] |= reached;
                isNew = true;
            }
        }

        return isNew;
    }

    /// <summary>Before another target.</summary>
    public void Forget() => _seen.AsSpan().Clear();
}
