using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SetGet.Benchmarks.Http;

/// <summary>A connection that never waits: whoever has it asks first whether there is something to read.</summary>
internal sealed class PacedConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _request;
    private readonly byte[] _answer = new byte[64 * 1024];
    private int _length;

    internal PacedConnection(IPEndPoint server, string request)
    {
        _request = Encoding.ASCII.GetBytes(request);
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(server);
        _socket.Blocking = false;
    }

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> ContentLength => "\r\ncontent-length:"u8;

    internal int Descriptor => (int)_socket.Handle;

    /// <summary>Whether a request was sent that is not answered yet.</summary>
    internal bool IsWaiting { get; private set; }

    internal void Send()
    {
        // There is room for it: the one before was answered.
        if (_socket.Send(_request) != _request.Length) throw new InvalidOperationException("A request did not fit into the socket.");
        IsWaiting = true;
        _length = 0;
    }

    /// <summary>Reads what is there. True: the answer is complete.</summary>
    internal bool Receive()
    {
        var received = _socket.Receive(_answer.AsSpan(_length), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return false;
        if (received == 0) throw new InvalidOperationException($"The server closed the connection, or its answer is longer than {_answer.Length} bytes ({error}).");
        _length += received;
        var headLength = _answer.AsSpan(0, _length).IndexOf(HeadEnd);
        if (headLength < 0 || _length < headLength + HeadEnd.Length + BodyLength(_answer.AsSpan(0, headLength))) return false;
        // "HTTP/1.1 200 ..."
        if (!_answer.AsSpan(9, 3).SequenceEqual("200"u8))
            throw new InvalidOperationException($"The server answered {Encoding.UTF8.GetString(_answer.AsSpan(0, _length))}");
        IsWaiting = false;
        return true;
    }

    public void Dispose() => _socket.Dispose();

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        for (; head.Length > ContentLength.Length; head = head[1..])
        {
            var at = head.IndexOf("\r\n"u8);
            if (at < 0 || head.Length - at <= ContentLength.Length) break;
            head = head[at..];
            if (Ascii.EqualsIgnoreCase(head[..ContentLength.Length], ContentLength)
                && Utf8Parser.TryParse(head[ContentLength.Length..].TrimStart((byte)' '), out int length, out _))
                return length;
        }

        throw new InvalidOperationException("The answer does not say its length.");
    }
}
