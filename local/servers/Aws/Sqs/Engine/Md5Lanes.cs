using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aws.Sqs.Engine;

/// <summary>
/// MD5 (RFC 1321) of up to eight texts at once, one in each lane of the processor's vectors: one sum is a chain of steps in which
/// every step waits for the one before, so eight take hardly longer than one. For a batch that is most of what its sums cost.
/// </summary>
internal static class Md5Lanes
{
    public const int Count = 8;
    private const int BlockBytes = 64;
    private const int BlockWords = 16;
    private const int TailBytes = 2 * BlockBytes;
    private const int LengthBytes = 8;

    /// <summary>The lanes run as long as their longest text: two alone, or one text that is much longer than the others, are no gain.</summary>
    private const int WorthwhileLanes = 2;

    /// <summary>The constants of the 64 steps.</summary>
    private static ReadOnlySpan<uint> Sines =>
    [
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
        0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
        0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
        0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    ];

    /// <summary>Whether these texts are summed faster together than one by one.</summary>
    public static bool Pays(ReadOnlySpan<ReadOnlyMemory<byte>> texts)
    {
        if (!Vector256.IsHardwareAccelerated || !BitConverter.IsLittleEndian) return false;
        long all = 0, longest = 0;
        foreach (var text in texts)
        {
            all += Blocks(text.Length);
            longest = Math.Max(longest, Blocks(text.Length));
        }

        return all >= WorthwhileLanes * longest;
    }

    /// <summary>The blocks of 64 bytes that a text of so many bytes takes, with its padding.</summary>
    private static int Blocks(int length) => (length + LengthBytes) / BlockBytes + 1;

    /// <summary>Takes the sums of at most <see cref="Count"/> texts.</summary>
    public static void Sum(ReadOnlySpan<ReadOnlyMemory<byte>> texts, Span<UInt128> sums)
    {
        Span<byte> tails = stackalloc byte[Count * TailBytes];
        Span<uint> words = stackalloc uint[BlockWords * Count];
        tails.Clear();
        words.Clear();
        var longest = 0;
        for (var lane = 0; lane < texts.Length; lane++)
        {
            Pad(texts[lane].Span, tails.Slice(lane * TailBytes, TailBytes));
            longest = Math.Max(longest, Blocks(texts[lane].Length));
        }

        var state = Md5State.Initial;
        for (var block = 0; block < longest; block++)
        {
            for (var lane = 0; lane < texts.Length; lane++) Spread(Block(texts[lane].Span, tails.Slice(lane * TailBytes, TailBytes), block), words[lane..]);
            state = state.With(words, Sines);
            for (var lane = 0; lane < texts.Length; lane++)
                if (block == Blocks(texts[lane].Length) - 1) sums[lane] = state.Lane(lane);
        }
    }

    /// <summary>Writes what comes after a text's whole blocks: the rest of it, a one bit, zeros, and its length in bits.</summary>
    private static void Pad(ReadOnlySpan<byte> text, Span<byte> tail)
    {
        var whole = text.Length / BlockBytes;
        var rest = text[(whole * BlockBytes)..];
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        BinaryPrimitives.WriteInt64LittleEndian(tail[(((Blocks(text.Length) - whole) * BlockBytes) - LengthBytes)..], text.Length * 8L);
    }

    /// <summary>A block of a text or of its tail. A text that has ended goes on with anything: its sum has been taken.</summary>
    private static ReadOnlySpan<byte> Block(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tail, int block)
    {
        var ofTail = block - (text.Length / BlockBytes);
        return ofTail < 0 ? text.Slice(block * BlockBytes, BlockBytes) : tail.Slice(Math.Min(ofTail, 1) * BlockBytes, BlockBytes);
    }

    /// <summary>Puts a block's words into one lane of each vector.</summary>
    private static void Spread(ReadOnlySpan<byte> block, Span<uint> lane)
    {
        var words = MemoryMarshal.Cast<byte, uint>(block);
        ref var target = ref MemoryMarshal.GetReference(lane);
        for (var i = 0; i < words.Length; i++) Unsafe.Add(ref target, i * Count) = words[i];
    }
}
