using System.Security.Cryptography;

namespace Sqs.Engine;

/// <summary>Random message ids (UUID version 4). The system is asked for many random bytes at once: once per id would cost more than the rest of a send.</summary>
internal static class MessageId
{
    private const int Bytes = 16;
    private const int Batch = 64;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    public static Guid New()
    {
        if (_random is null || _used == _random.Length)
        {
            _random ??= new byte[Bytes * Batch];
            RandomNumberGenerator.Fill(_random);
            _used = 0;
        }

        var id = _random.AsSpan(_used, Bytes);
        _used += Bytes;
        id[6] = (byte)((id[6] & 0x0F) | 0x40);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
