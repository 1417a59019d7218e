using System.Buffers.Binary;
using System.Text;

namespace SetGet.Core.Store;

/// <summary>Headers before an event's data: their length (16 bits, big-endian), then name and value in turn, each with a line feed, which neither can hold.</summary>
internal static class HeaderBlock
{
    private const int LengthBytes = 2;

    /// <summary>The headers and the data in one piece; the data itself where there are none.</summary>
    internal static ReadOnlyMemory<byte> Join(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> data)
    {
        if (headers.Count == 0) return data;
        var text = Encoding.UTF8.GetBytes(string.Concat(headers.Select(each => $"{each.Key}\n{each.Value}\n")));
        var joined = new byte[LengthBytes + text.Length + data.Length];
        BinaryPrimitives.WriteUInt16BigEndian(joined, (ushort)text.Length);
        text.CopyTo(joined.AsSpan(LengthBytes));
        data.CopyTo(joined.AsMemory(LengthBytes + text.Length));
        return joined;
    }

    /// <summary>Takes them apart again; the data is a slice.</summary>
    internal static (IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Data) Split(ReadOnlyMemory<byte> joined)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(joined.Span);
        var parts = Encoding.UTF8.GetString(joined.Span.Slice(LengthBytes, length)).Split('\n');
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < parts.Length; i += 2) headers[parts[i]] = parts[i + 1];
        return (headers, joined[(LengthBytes + length)..]);
    }
}
