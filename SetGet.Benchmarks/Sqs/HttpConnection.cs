using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SetGet.Benchmarks.Sqs;

/// <summary>
/// One connection to a server, for one request at a time: a request goes out as the bytes that it is given as, and of an answer
/// only status and length are read. On a machine where load and server share the processors, a client that does more measures itself.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int MaximumAnswerBytes = 256 * 1024;
    private readonly Socket _socket;
    private readonly byte[] _answer = GC.AllocateUninitializedArray<byte>(MaximumAnswerBytes, pinned: true);

    private HttpConnection(Socket socket) => _socket = socket;

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> ContentLength => "content-length:"u8;

    internal static async Task<HttpConnection> OpenAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        return new HttpConnection(socket);
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <returns>The answer's body, valid until the next request.</returns>
    /// <exception cref="InvalidOperationException">The answer is not 200, or has no length, or is longer than any expected here.</exception>
    internal async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        while (!request.IsEmpty)
            request = request[await _socket.SendAsync(request, cancellationToken)..];
        var length = 0;
        var headLength = -1;
        while (headLength < 0)
        {
            length += await ReceiveAsync(length, cancellationToken);
            headLength = _answer.AsSpan(0, length).IndexOf(HeadEnd);
        }

        var start = headLength + HeadEnd.Length;
        var end = start + BodyLength(_answer.AsSpan(0, start));
        while (length < end)
            length += await ReceiveAsync(length, cancellationToken);
        var body = _answer.AsMemory(start, end - start);
        // "HTTP/1.1 200 ..."
        return _answer.AsSpan(9, 3).SequenceEqual("200"u8)
            ? body
            : throw new InvalidOperationException($"The server answered {Encoding.UTF8.GetString(_answer.AsSpan(0, end))}");
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int offset, CancellationToken cancellationToken)
    {
        var received = offset < _answer.Length ? await _socket.ReceiveAsync(_answer.AsMemory(offset), cancellationToken)
            : throw new InvalidOperationException("The answer is too long.");
        return received > 0 ? received : throw new InvalidOperationException("The server closed the connection.");
    }

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        for (var line = head.IndexOf("\r\n"u8); line >= 0; line = head.IndexOf("\r\n"u8))
        {
            head = head[(line + 2)..];
            if (head.Length < ContentLength.Length || !Ascii.EqualsIgnoreCase(head[..ContentLength.Length], ContentLength))
                continue;
            if (Utf8Parser.TryParse(head[ContentLength.Length..].TrimStart((byte)' '), out int length, out _))
                return length;
        }

        throw new InvalidOperationException("The answer does not say its length.");
    }
}
