using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;

namespace SetGet.Api.Problems;

/// <summary>
/// Kestrel refuses what is no HTTP (a bad request line, a header too many) before any of the application runs, with a bare
/// status and an end of the connection. This layer, between Kestrel and the socket, gives those answers a problem document.
/// </summary>
internal static class KestrelProblems
{
    /// <summary>Runs one connection with its output watched.</summary>
    public static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.Transport;
        connection.Transport = new Duplex(transport.Input, new Output(transport.Output));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>Passes everything on, but for a bare refusal.</summary>
    private sealed class Output(PipeWriter inner) : PipeWriter
    {
        private readonly PipeWriter _inner = inner;
        private Memory<byte> _current;

        public override bool CanGetUnflushedBytes => _inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => _inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _current = _inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            if (bytes <= _current.Length && Refusal.TryRewrite(_current.Span[..bytes], out var rewritten)) _inner.Write(rewritten);
            else _inner.Advance(bytes);
            _current = default;
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => _inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => _inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => _inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => _inner.CompleteAsync(exception);
    }

    /// <summary>Knows a bare refusal when it sees one: an error without a body that closes the connection. The application has none such.</summary>
    private static class Refusal
    {
        private const int StatusOffset = 9; // behind "HTTP/1.1 "

        public static bool TryRewrite(ReadOnlySpan<byte> head, out byte[] rewritten)
        {
            rewritten = [];
            if (!head.StartsWith("HTTP/1.1 "u8) || head.Length < StatusOffset + 3 || head[StatusOffset] is not ((byte)'4' or (byte)'5')) return false;
            if (!head.EndsWith("\r\n\r\n"u8) || head.IndexOf("\r\nContent-Length: 0\r\nConnection: close\r\n"u8) < 0) return false;
            var status = int.Parse(head.Slice(StatusOffset, 3), CultureInfo.InvariantCulture);
            var body = JsonSerializer.SerializeToUtf8Bytes(ProblemKinds.NotHttp(status), ProblemJson.Wire.Problem);
            var text = Encoding.ASCII.GetString(head).Replace(
                "Content-Length: 0\r\n", $"Content-Length: {body.Length}\r\nContent-Type: {ProblemWriter.ContentType}\r\n", StringComparison.Ordinal);
            rewritten = [.. Encoding.ASCII.GetBytes(text), .. body];
            return true;
        }
    }
}
