using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// One gRPC call on Kestrel's HTTP/2: messages are frames of a zero byte, a length and the protobuf bytes, and the status is
/// a trailer.
/// </summary>
internal sealed class GrpcCall
{
    private const int PrefixBytes = 5;
    private const int MaxMessageBytes = 1024 * 1024;

    private readonly HttpContext _http;

    public GrpcCall(HttpContext http)
    {
        _http = http;
        http.Response.ContentType = "application/grpc";
    }

    public CancellationToken Canceled => _http.RequestAborted;

    /// <summary>The next message; null where the caller has ended its side.</summary>
    /// <exception cref="InvalidDataException">The frame is compressed, or too long.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixBytes];
        if (await _http.Request.Body.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false, cancellationToken) < PrefixBytes)
            return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (prefix[0] != 0 || length > MaxMessageBytes)
            throw new InvalidDataException($"A message is compressed, or longer than {MaxMessageBytes} bytes.");
        var message = new byte[length];
        await _http.Request.Body.ReadExactlyAsync(message, cancellationToken);
        return message;
    }

    public async Task WriteAsync(ProtoWriter message, CancellationToken cancellationToken)
    {
        var prefix = new byte[PrefixBytes];
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(1), (uint)message.Written.Length);
        await _http.Response.Body.WriteAsync(prefix, cancellationToken);
        await _http.Response.Body.WriteAsync(message.Written, cancellationToken);
        await _http.Response.Body.FlushAsync(cancellationToken);
    }

    public void End(GrpcStatus status, string? message = null)
    {
        // Before the first message the status may be a header: a response without a body has no trailers.
        var fields = _http.Response.HasStarted || status == GrpcStatus.Ok
            ? _http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()!.Trailers
            : _http.Response.Headers;
        fields["grpc-status"] = ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (message is not null)
            fields["grpc-message"] = Uri.EscapeDataString(message);
    }
}

/// <summary>The codes of gRPC that this service answers.</summary>
internal enum GrpcStatus
{
    Ok = 0,
    InvalidArgument = 3,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}
