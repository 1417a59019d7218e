using System.Buffers;
using System.Text.Unicode;

namespace Sqs.Engine;

/// <summary>The characters that SQS allows: those of XML 1.0. Tab, line feed, carriage return, U+0020 to U+D7FF, U+E000 to U+FFFD and the planes above.</summary>
internal static class MessageText
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (byte)value).Where(value => value is not (0x09 or 0x0A or 0x0D))]);

    private static ReadOnlySpan<byte> Noncharacters => [0xEF, 0xBF];

    /// <summary>What SQS says to a body with other characters.</summary>
    public static SqsException Illegal() => new(
        SqsError.InvalidMessageContents,
        "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");

    public static bool IsLegal(ReadOnlySpan<byte> utf8) =>
        !utf8.ContainsAny(Forbidden) && !HasNoncharacter(utf8) && Utf8.IsValid(utf8);

    /// <summary>U+FFFE and U+FFFF are EF BF BE and EF BF BF.</summary>
    private static bool HasNoncharacter(ReadOnlySpan<byte> utf8)
    {
        for (var at = utf8.IndexOf(Noncharacters); at >= 0; at = utf8.IndexOf(Noncharacters))
        {
            if (at + 2 < utf8.Length && utf8[at + 2] >= 0xBE) return true;
            utf8 = utf8[(at + 2)..];
        }

        return false;
    }
}
