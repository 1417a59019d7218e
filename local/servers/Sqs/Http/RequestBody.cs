using System.Buffers;
using System.IO.Pipelines;

namespace Sqs.Http;

/// <summary>Reads a request's whole body into an array of its own, which the messages in it may go on using.</summary>
internal static class RequestBody
{
    /// <summary>What a client says about the length is believed up to here; beyond, memory grows with what has come.</summary>
    private const int TrustedBytes = 64 * 1024;

    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(PipeReader reader, long? contentLength, CancellationToken cancellationToken)
    {
        if (contentLength == 0) return ReadOnlyMemory<byte>.Empty;
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(contentLength ?? TrustedBytes, TrustedBytes));
        var length = 0;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var arrived = checked((int)result.Buffer.Length);
            if (buffer.Length - length < arrived) Array.Resize(ref buffer, Grown(buffer.Length, length + arrived, contentLength));
            result.Buffer.CopyTo(buffer.AsSpan(length));
            length += arrived;
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return buffer.AsMemory(0, length);
        }
    }

    private static int Grown(int size, int needed, long? contentLength) =>
        (int)Math.Max(needed, Math.Min(contentLength ?? long.MaxValue, size * 2L));
}
