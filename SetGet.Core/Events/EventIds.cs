namespace SetGet.Core.Events;

/// <summary>
/// Ids of events: UUIDs of version 7, whose twelve bits after the milliseconds are the fraction of the millisecond (RFC 9562, 6.2, method 3). Events are
/// ordered by time and id: so of two that one process accepts within a millisecond, the later is the newer.
/// </summary>
public static class EventIds
{
    private const int Steps = 1 << 12;

    public static Guid New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        var fraction = now.Ticks % TimeSpan.TicksPerMillisecond * Steps / TimeSpan.TicksPerMillisecond;
        bytes[6] = (byte)(0x70 | (fraction >> 8));
        bytes[7] = (byte)fraction;
        return new Guid(bytes, bigEndian: true);
    }
}
