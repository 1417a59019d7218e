using System.Buffers;
using System.Text;
using System.Text.Unicode;
using SetGet.Core.Events;

namespace SetGet.Core.Senders;

/// <summary>
/// A value as part of a webhook key: of its UTF-8, letters, digits, <c>.</c>, <c>_</c> and <c>-</c> stay, every other byte becomes <c>:</c> and two
/// upper-case hexadecimal digits. The colon too, so that two different values never give the same text.
/// </summary>
internal static class KeyText
{
    /// <summary>Longest value, in bytes, of which a key can be made.</summary>
    internal const int MaxLength = Names.MaxWebhookKeyLength;

    private static readonly SearchValues<byte> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    private static ReadOnlySpan<byte> Hex => "0123456789ABCDEF"u8;

    /// <summary>Encodes text; where it gives no value, says why.</summary>
    internal static NoValue Encode(ReadOnlySpan<char> text, out string? value)
    {
        value = null;
        Span<byte> utf8 = stackalloc byte[MaxLength];
        return Utf8.FromUtf16(text, utf8, out _, out var written, replaceInvalidSequences: false) switch
        {
            OperationStatus.Done => Encode(utf8[..written], out value),
            OperationStatus.DestinationTooSmall => NoValue.TooLong,
            _ => NoValue.NotText,
        };
    }

    /// <summary>As the other one, for UTF-8, which it need not be.</summary>
    internal static NoValue Encode(ReadOnlySpan<byte> utf8, out string? value)
    {
        value = null;
        if (utf8.IsEmpty) return NoValue.Empty;
        if (utf8.Length > MaxLength) return NoValue.TooLong;
        if (utf8.ContainsAnyExcept(Plain)) return EncodeOthers(utf8, out value);
        value = Encoding.ASCII.GetString(utf8);
        return default;
    }

    private static NoValue EncodeOthers(ReadOnlySpan<byte> utf8, out string? value)
    {
        value = null;
        if (!Utf8.IsValid(utf8)) return NoValue.NotText;
        Span<byte> text = stackalloc byte[3 * MaxLength];
        var length = 0;
        foreach (var each in utf8)
        {
            if (Plain.Contains(each))
            {
                text[length++] = each;
                continue;
            }

            text[length++] = (byte)':';
            text[length++] = Hex[each >> 4];
            text[length++] = Hex[each & 15];
        }

        if (length > MaxLength) return NoValue.TooLong;
        value = Encoding.ASCII.GetString(text[..length]);
        return default;
    }
}
