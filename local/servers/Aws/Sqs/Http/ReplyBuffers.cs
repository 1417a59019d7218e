using System.Buffers;
using System.Collections.Concurrent;

namespace Aws.Sqs.Http;

/// <summary>Buffers for replies, used again and again. One that has grown large is let go.</summary>
internal static class ReplyBuffers
{
    private const int MaximumKept = 64;
    private const int MaximumKeptBytes = 256 * 1024;
    private static readonly ConcurrentQueue<ArrayBufferWriter<byte>> Kept = new();

    public static ArrayBufferWriter<byte> Rent() => Kept.TryDequeue(out var buffer) ? buffer : new ArrayBufferWriter<byte>(4096);

    public static void Return(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > MaximumKeptBytes || Kept.Count >= MaximumKept) return;
        buffer.ResetWrittenCount();
        Kept.Enqueue(buffer);
    }
}
