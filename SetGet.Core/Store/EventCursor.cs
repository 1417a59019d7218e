using System.Buffers.Binary;
using System.Buffers.Text;

namespace SetGet.Core.Store;

/// <summary>
/// A place in a key's events: all that is ordered at or before (<paramref name="AcceptedAt"/>, <paramref name="Id"/>) and had arrived
/// when the arrival count was <paramref name="Sequence"/> was seen. It names no stored thing, so it survives expiry and removal.
/// </summary>
/// <param name="AcceptedAt">Epoch milliseconds.</param>
/// <param name="Sequence">The key's count of arrivals, which follows the clock: it goes on although the key was gone in between.</param>
public readonly record struct EventCursor(long AcceptedAt, Guid Id, long Sequence)
{
    private const int Size = 8 + 16 + 8;
    private const byte Version = 1;

    /// <summary>Before the first event.</summary>
    public static EventCursor Start { get; } = new(0, Guid.Empty, 0);

    /// <summary>Opaque to callers, safe in a URL.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[1 + Size];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], AcceptedAt);
        Id.TryWriteBytes(bytes[9..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes[25..], Sequence);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False for what <see cref="ToString"/> did not make.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EventCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[1 + Size];
        if (text.Length != 44 || !Base64Url.IsValid(text, out var length) || length != bytes.Length) return false;
        Base64Url.DecodeFromChars(text, bytes);
        if (bytes[0] != Version) return false;
        var acceptedAt = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        var sequence = BinaryPrimitives.ReadInt64BigEndian(bytes[25..]);
        if (acceptedAt < 0 || sequence < 0) return false;
        cursor = new EventCursor(acceptedAt, new Guid(bytes[9..25], bigEndian: true), sequence);
        return true;
    }
}
