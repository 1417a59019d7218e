namespace Sqs.Engine;

/// <summary>Random ids (UUID version 4). They are no secrets: asking the system for each one's bits would cost as much as the rest of a send.</summary>
internal static class MessageId
{
    public static Guid New()
    {
        Span<byte> id = stackalloc byte[16];
        Random.Shared.NextBytes(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
