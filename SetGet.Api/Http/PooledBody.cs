using System.Buffers;

namespace SetGet.Api.Http;

/// <summary>A request's body, whole, in a buffer of the shared pool. Dispose gives the buffer back: nothing may point into it then.</summary>
internal sealed class PooledBody : IDisposable
{
    private const int FirstSize = 4096;

    private byte[] _buffer;
    private int _length;

    private PooledBody(int size) => _buffer = ArrayPool<byte>.Shared.Rent(size);

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body of at most <paramref name="maximum"/> bytes.</summary>
    /// <exception cref="Problems.ProblemException">413, as soon as the body is known to be longer.</exception>
    public static async ValueTask<PooledBody> ReadAsync(HttpRequest request, int maximum, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maximum) throw TooLarge(maximum);
        var body = new PooledBody((int)(request.ContentLength ?? FirstSize));
        try
        {
            await body.FillAsync(request, maximum, cancellationToken);
            return body;
        }
        catch (Exception exception)
        {
            body.Dispose();
            // Kestrel's own, at a chunk whose size is beyond all numbers.
            if (exception is IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
                throw new BadHttpRequestException(exception.Message, StatusCodes.Status400BadRequest, exception);
            throw;
        }
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private async ValueTask FillAsync(HttpRequest request, int maximum, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (_length + read.Buffer.Length > maximum)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge(maximum);
            }

            Append(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) return;
        }
    }

    private void Append(in ReadOnlySequence<byte> sequence)
    {
        var needed = _length + (int)sequence.Length;
        if (needed > _buffer.Length) Grow(needed);
        sequence.CopyTo(_buffer.AsSpan(_length));
        _length = needed;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static Problems.ProblemException TooLarge(int maximum) => new(Problems.ProblemKinds.TooLarge(maximum));
}
