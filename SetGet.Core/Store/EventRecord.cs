using System.Buffers.Binary;
using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Redis;

namespace SetGet.Core.Store;

/// <summary>
/// An event as bytes in Redis: flags (1: the data is held elsewhere, 2: JSON, so no content type follows, 4: the data begins with headers), acceptedAt
/// and expiresAt (48 bits each), id (16), length of the data (32 bits), length and text of flow and content type, then the data. Big-endian; the
/// scripts read the numbers by their offset.
/// </summary>
/// <param name="Data">Where there are headers, as <see cref="HeaderBlock"/> joins them with it.</param>
internal readonly record struct EventRecord(
    Guid Id, long AcceptedAt, long ExpiresAt, string FlowId, string ContentType, ReadOnlyMemory<byte> Data, bool IsShared, bool HasHeaders)
{
    private const byte Shared = 1;
    private const byte Json = 2;
    private const byte WithHeaders = 4;
    private const int Fixed = 1 + 6 + 6 + 16 + 4;

    internal byte[] Encode()
    {
        var isJson = ContentType == EventRequest.Json;
        var size = Fixed + 1 + FlowId.Length + (isJson ? 0 : 1 + ContentType.Length) + (IsShared ? 0 : Data.Length);
        var bytes = new byte[size];
        bytes[0] = (byte)((IsShared ? Shared : 0) | (isJson ? Json : 0) | (HasHeaders ? WithHeaders : 0));
        WriteTime(bytes.AsSpan(1), AcceptedAt);
        WriteTime(bytes.AsSpan(7), ExpiresAt);
        Id.TryWriteBytes(bytes.AsSpan(13), bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(29), Data.Length);
        var rest = WriteText(bytes.AsSpan(Fixed), FlowId);
        if (!isJson) rest = WriteText(rest, ContentType);
        if (!IsShared) Data.Span.CopyTo(rest);
        return bytes;
    }

    /// <exception cref="RedisUnavailableException">The bytes are no record.</exception>
    internal static EventRecord Decode(byte[] bytes) => RedisData.Read("An event", bytes, DecodeSound);

    private static EventRecord DecodeSound(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var flags = bytes[0];
        var rest = bytes.AsMemory(Fixed);
        var flow = ReadText(ref rest);
        var contentType = (flags & Json) != 0 ? EventRequest.Json : ReadText(ref rest);
        return new EventRecord(
            new Guid(bytes.AsSpan(13, 16), bigEndian: true),
            ReadTime(bytes.AsSpan(1)),
            ReadTime(bytes.AsSpan(7)),
            flow,
            contentType,
            rest,
            (flags & Shared) != 0,
            (flags & WithHeaders) != 0);
    }

    /// <param name="stored">The data as it is held, here or elsewhere.</param>
    internal StoredEvent ToEvent(ReadOnlyMemory<byte> stored)
    {
        var (headers, data) = HasHeaders ? RedisData.Read("An event's headers", stored, HeaderBlock.Split) : (EventRequest.NoHeaders, stored);
        return new StoredEvent(
            Id.ToString("D"),
            FlowId,
            RedisData.Read("An event's time", AcceptedAt, DateTimeOffset.FromUnixTimeMilliseconds),
            RedisData.Read("An event's expiry", ExpiresAt, DateTimeOffset.FromUnixTimeMilliseconds),
            ContentType,
            headers,
            data);
    }

    private static void WriteTime(Span<byte> at, long value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)(value >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(at[2..], (uint)value);
    }

    private static long ReadTime(ReadOnlySpan<byte> at)
        => ((long)BinaryPrimitives.ReadUInt16BigEndian(at) << 32) | BinaryPrimitives.ReadUInt32BigEndian(at[2..]);

    // Both are ASCII of at most 255 characters: Names sees to it.
    private static Span<byte> WriteText(Span<byte> at, string text)
    {
        at[0] = (byte)text.Length;
        return at[(1 + Encoding.ASCII.GetBytes(text, at[1..]))..];
    }

    private static string ReadText(ref Memory<byte> rest)
    {
        var length = rest.Span[0];
        var text = Encoding.ASCII.GetString(rest.Span.Slice(1, length));
        rest = rest[(1 + length)..];
        return text;
    }
}
