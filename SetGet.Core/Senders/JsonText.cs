using System.Buffers.Text;
using System.Text;

namespace SetGet.Core.Senders;

/// <summary>The text that a JSON string with escapes stands for, without an exception for one that stands for none.</summary>
internal static class JsonText
{
    private const int UnitLength = 6; // \uXXXX

    /// <summary>Unescapes what the JSON reader found to be sound; false where it does not fit, or is no text.</summary>
    internal static bool TryUnescape(ReadOnlySpan<byte> raw, Span<byte> into, out int length, out NoValue why)
    {
        length = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0) plain = raw.Length;
            why = NoValue.TooLong;
            if (!raw[..plain].TryCopyTo(into[length..])) return false;
            length += plain;
            raw = raw[plain..];
            if (raw.IsEmpty) return true;

            why = NoValue.NotText;
            if (!TryReadEscape(raw, out var rune, out var read)) return false;
            why = NoValue.TooLong;
            if (!rune.TryEncodeToUtf8(into[length..], out var written)) return false;
            length += written;
            raw = raw[read..];
        }
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> raw, out Rune rune, out int read)
    {
        read = 2;
        if (raw[1] != 'u') return Rune.TryCreate(Short(raw[1]), out rune);
        var unit = Unit(raw);
        read = UnitLength;
        if (Rune.TryCreate(unit, out rune)) return true;
        var rest = raw[UnitLength..];
        if (!rest.StartsWith("\\u"u8) || !Rune.TryCreate(unit, Unit(rest), out rune)) return false;
        read = 2 * UnitLength;
        return true;
    }

    private static char Short(byte escape) => escape switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)escape,
    };

    private static char Unit(ReadOnlySpan<byte> escape) => Utf8Parser.TryParse(escape[2..UnitLength], out ushort unit, out _, 'x') ? (char)unit : default;
}
