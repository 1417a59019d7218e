using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aws.Sqs.Engine;

/// <summary>The four words of MD5's state in each of eight lanes, and the 64 steps that take a block into it (RFC 1321, section 3.4).</summary>
internal struct Md5State
{
    private const int StepsOfRound = 16;
    private Vector256<uint> _a;
    private Vector256<uint> _b;
    private Vector256<uint> _c;
    private Vector256<uint> _d;

    public static Md5State Initial => new()
    {
        _a = Vector256.Create(0x67452301u),
        _b = Vector256.Create(0xefcdab89u),
        _c = Vector256.Create(0x98badcfeu),
        _d = Vector256.Create(0x10325476u),
    };

    /// <summary>The state after one more block of each lane: 16 words, of each the eight lanes.</summary>
    public readonly Md5State With(ReadOnlySpan<uint> words, ReadOnlySpan<uint> sines)
    {
        var next = this;
        next.Round1(words, sines);
        next.Round2(words, sines[StepsOfRound..]);
        next.Round3(words, sines[(2 * StepsOfRound)..]);
        next.Round4(words, sines[(3 * StepsOfRound)..]);
        next._a += _a;
        next._b += _b;
        next._c += _c;
        next._d += _d;
        return next;
    }

    /// <summary>One lane's sum, in the order of its bytes.</summary>
    public readonly UInt128 Lane(int lane) => new(
        ((ulong)BinaryPrimitives.ReverseEndianness(_a[lane]) << 32) | BinaryPrimitives.ReverseEndianness(_b[lane]),
        ((ulong)BinaryPrimitives.ReverseEndianness(_c[lane]) << 32) | BinaryPrimitives.ReverseEndianness(_d[lane]));

    private void Round1(ReadOnlySpan<uint> words, ReadOnlySpan<uint> sines)
    {
        var (a, b, c, d) = (_a, _b, _c, _d);
        for (var i = 0; i < StepsOfRound; i += 4)
        {
            a = Step(a, b, Choose(b, c, d), words, i, sines[i], 7);
            d = Step(d, a, Choose(a, b, c), words, i + 1, sines[i + 1], 12);
            c = Step(c, d, Choose(d, a, b), words, i + 2, sines[i + 2], 17);
            b = Step(b, c, Choose(c, d, a), words, i + 3, sines[i + 3], 22);
        }

        (_a, _b, _c, _d) = (a, b, c, d);
    }

    private void Round2(ReadOnlySpan<uint> words, ReadOnlySpan<uint> sines)
    {
        var (a, b, c, d) = (_a, _b, _c, _d);
        for (var i = 0; i < StepsOfRound; i += 4)
        {
            a = Step(a, b, Choose(d, b, c), words, (5 * i) + 1, sines[i], 5);
            d = Step(d, a, Choose(c, a, b), words, (5 * i) + 6, sines[i + 1], 9);
            c = Step(c, d, Choose(b, d, a), words, (5 * i) + 11, sines[i + 2], 14);
            b = Step(b, c, Choose(a, c, d), words, 5 * i, sines[i + 3], 20);
        }

        (_a, _b, _c, _d) = (a, b, c, d);
    }

    private void Round3(ReadOnlySpan<uint> words, ReadOnlySpan<uint> sines)
    {
        var (a, b, c, d) = (_a, _b, _c, _d);
        for (var i = 0; i < StepsOfRound; i += 4)
        {
            a = Step(a, b, b ^ c ^ d, words, (3 * i) + 5, sines[i], 4);
            d = Step(d, a, a ^ b ^ c, words, (3 * i) + 8, sines[i + 1], 11);
            c = Step(c, d, d ^ a ^ b, words, (3 * i) + 11, sines[i + 2], 16);
            b = Step(b, c, c ^ d ^ a, words, (3 * i) + 14, sines[i + 3], 23);
        }

        (_a, _b, _c, _d) = (a, b, c, d);
    }

    private void Round4(ReadOnlySpan<uint> words, ReadOnlySpan<uint> sines)
    {
        var (a, b, c, d) = (_a, _b, _c, _d);
        for (var i = 0; i < StepsOfRound; i += 4)
        {
            a = Step(a, b, c ^ (b | ~d), words, 7 * i, sines[i], 6);
            d = Step(d, a, b ^ (a | ~c), words, (7 * i) + 7, sines[i + 1], 10);
            c = Step(c, d, a ^ (d | ~b), words, (7 * i) + 14, sines[i + 2], 15);
            b = Step(b, c, d ^ (c | ~a), words, (7 * i) + 5, sines[i + 3], 21);
        }

        (_a, _b, _c, _d) = (a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Choose(Vector256<uint> by, Vector256<uint> set, Vector256<uint> clear) => Vector256.ConditionalSelect(by, set, clear);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Step(
        Vector256<uint> target, Vector256<uint> next, Vector256<uint> mixed, ReadOnlySpan<uint> words, int word, uint sine, int rotate)
    {
        var at = (nuint)(word % StepsOfRound * Md5Lanes.Count);
        var sum = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(words), at) + Vector256.Create(sine) + target + mixed;
        return next + ((sum << rotate) | (sum >>> (32 - rotate)));
    }
}
