using System.Text;

namespace Aspire.Hosting.Dashboard;

/// <summary>Reads the texts and numbers of a protobuf message; fields of other kinds are passed over.</summary>
internal static class ProtoReader
{
    /// <exception cref="InvalidDataException">It is no protobuf message.</exception>
    public static (Dictionary<int, string> Texts, Dictionary<int, ulong> Numbers) Read(ReadOnlySpan<byte> message)
    {
        var texts = new Dictionary<int, string>();
        var numbers = new Dictionary<int, ulong>();
        while (message.Length > 0)
        {
            var tag = Varint(ref message);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    numbers[field] = Varint(ref message);
                    break;
                case 1:
                    Take(ref message, 8);
                    break;
                case 2:
                    texts[field] = Encoding.UTF8.GetString(Take(ref message, Varint(ref message)));
                    break;
                case 5:
                    Take(ref message, 4);
                    break;
                default:
                    throw new InvalidDataException($"Field {field} has the unknown wire type {tag & 7}.");
            }
        }

        return (texts, numbers);
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref message, 1)[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("A number is longer than ten bytes.");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, ulong length)
    {
        if (length > (ulong)message.Length)
            throw new InvalidDataException("The message ends in the middle of a field.");
        var taken = message[..(int)length];
        message = message[(int)length..];
        return taken;
    }
}
