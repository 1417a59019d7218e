using System.Globalization;
using System.Text;

namespace SetGet.Tests.Fuzzing;

/// <summary>Makes inputs of others: bytes, words of the target's language, pieces of another input. The same again for the same seed.</summary>
internal sealed class Mutator(FuzzTarget target, int seed)
{
    private const int MostSteps = 6;
    private const int LongestRun = 200;

    private static readonly string[] EdgesOfNumbers =
    [
        "0", "-1", "1", "-0", "127", "128", "255", "256", "65535", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967296",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "253402300799999", "253402300800000", "1e999", "1E-7", "1.5", "0001", "١",
    ];

    private readonly Random _random = new(seed);
    private readonly byte[][] _tokens = [.. target.Tokens.Concat(EdgesOfNumbers).Concat(["\0", "\uFFFE", "\uFEFF", "é", "𝄞", " ", "\n", "\r\n", "\\ud800"]).Select(Encoding.UTF8.GetBytes)];

    /// <summary>A number below a bound, from the same source.</summary>
    public int Next(int bound) => _random.Next(bound);

    /// <summary>An input like one of the corpus.</summary>
    public byte[] Mutate(IReadOnlyList<byte[]> corpus)
    {
        var parent = corpus[_random.Next(corpus.Count)];
        var bytes = new List<byte>(parent.Length + 64);
        bytes.AddRange(parent);
        for (var steps = 1 + _random.Next(MostSteps); steps > 0; steps--) Step(bytes, corpus);
        if (bytes.Count > target.MaxLength) bytes.RemoveRange(target.MaxLength, bytes.Count - target.MaxLength);
        return [.. bytes];
    }

    private void Step(List<byte> bytes, IReadOnlyList<byte[]> corpus)
    {
        var at = _random.Next(bytes.Count + 1);
        switch (_random.Next(10))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)_random.Next(256); break;
            case 2 when at < bytes.Count: bytes[at] = (byte)_random.Next(' ', '~' + 1); break;
            case 3: Remove(bytes, at); break;
            case 4: bytes.InsertRange(at, Piece(bytes)); break;
            case 5: bytes.InsertRange(at, Piece(corpus[_random.Next(corpus.Count)])); break;
            case 6: Repeat(bytes, at); break;
            case 7: ReplaceNumber(bytes, at); break;
            case 8: Overwrite(bytes, at, Token()); break;
            default: bytes.InsertRange(at, Token()); break;
        }
    }

    private byte[] Token() => _tokens[_random.Next(_tokens.Length)];

    private void Remove(List<byte> bytes, int at)
    {
        var most = Math.Min(bytes.Count - at, _random.Next(4) == 0 ? bytes.Count : 16);
        if (most > 0) bytes.RemoveRange(at, 1 + _random.Next(most));
    }

    private byte[] Piece(IReadOnlyList<byte> of)
    {
        var from = _random.Next(of.Count + 1);
        var length = _random.Next(Math.Min(of.Count - from, _random.Next(4) == 0 ? of.Count : 32) + 1);
        var piece = new byte[length];
        for (var i = 0; i < length; i++) piece[i] = of[from + i];
        return piece;
    }

    // What is nested or repeated finds limits.
    private void Repeat(List<byte> bytes, int at)
    {
        var token = _random.Next(3) == 0 ? Piece(bytes) : Token();
        for (var times = _random.Next(1 + Math.Min(LongestRun, target.MaxLength / (token.Length + 1))); times > 0; times--) bytes.InsertRange(at, token);
    }

    private void Overwrite(List<byte> bytes, int at, byte[] token)
    {
        bytes.RemoveRange(at, Math.Min(token.Length, bytes.Count - at));
        bytes.InsertRange(at, token);
    }

    private void ReplaceNumber(List<byte> bytes, int at)
    {
        while (at < bytes.Count && !char.IsAsciiDigit((char)bytes[at])) at++;
        var end = at;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end])) end++;
        if (end == at) return;
        bytes.RemoveRange(at, end - at);
        var number = _random.Next(3) == 0 ? _random.Next(2000).ToString(CultureInfo.InvariantCulture) : EdgesOfNumbers[_random.Next(EdgesOfNumbers.Length)];
        bytes.InsertRange(at, Encoding.UTF8.GetBytes(number));
    }
}
