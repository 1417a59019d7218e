namespace SetGet.Core.Senders;

/// <summary>Reads the fields of a form (application/x-www-form-urlencoded) that the rules ask for. A repeated field is as an array.</summary>
internal static class FormReader
{
    // A byte takes at most three: %XX.
    private const int MaxRawLength = 3 * KeyText.MaxLength;

    internal static void Read(ReadOnlySpan<byte> body, PointerNode root, Span<SourceValues> values)
    {
        foreach (var range in body.Split((byte)'&'))
        {
            var field = body[range];
            var equals = field.IndexOf((byte)'=');
            var name = equals < 0 ? field : field[..equals];
            foreach (var child in root.Children)
            {
                if (!child.IsAsked || !IsName(name, child.Utf8Name)) continue;
                Take(equals < 0 ? [] : field[(equals + 1)..], ref values[child.Source]);
                break;
            }
        }
    }

    private static void Take(ReadOnlySpan<byte> raw, ref SourceValues into)
    {
        if (raw.Length > MaxRawLength)
        {
            into.Why = NoValue.TooLong;
            return;
        }

        Span<byte> text = stackalloc byte[MaxRawLength];
        var length = 0;
        while (!raw.IsEmpty) text[length++] = Next(ref raw);
        into.Why = KeyText.Encode(text[..length], out var value);
        if (value is not null) into.Add(value);
    }

    private static bool IsName(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> name)
    {
        foreach (var each in name)
            if (raw.IsEmpty || Next(ref raw) != each) return false;
        return raw.IsEmpty;
    }

    // A % that is followed by no two digits is itself, as in every browser.
    private static byte Next(ref ReadOnlySpan<byte> raw)
    {
        var first = raw[0];
        if (first == '%' && raw.Length > 2 && char.IsAsciiHexDigit((char)raw[1]) && char.IsAsciiHexDigit((char)raw[2]))
        {
            var value = (byte)((Digit(raw[1]) << 4) | Digit(raw[2]));
            raw = raw[3..];
            return value;
        }

        raw = raw[1..];
        return first == '+' ? (byte)' ' : first;
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
