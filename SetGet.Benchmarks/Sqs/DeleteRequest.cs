using System.Text;

namespace SetGet.Benchmarks.Sqs;

/// <summary>
/// A DeleteMessageBatch request in a buffer of its own, written anew from each answer to ReceiveMessage without anything
/// being allocated: handles are copied as they stand in the answer.
/// </summary>
internal sealed class DeleteRequest
{
    private const int MaximumBytes = 64 * 1024;
    private const int LengthDigits = 6;

    private readonly byte[] _buffer = new byte[MaximumBytes];
    private readonly int _lengthAt;
    private readonly int _bodyAt;
    private readonly int _entriesAt;

    internal DeleteRequest(string queueUrl)
    {
        // The length changes with the handles; it stands behind leading zeros, in as many digits every time.
        var head = SqsRequests.Head("DeleteMessageBatch", (int)Math.Pow(10, LengthDigits - 1));
        _bodyAt = Encoding.UTF8.GetBytes(head, _buffer);
        _lengthAt = _bodyAt - "\r\n\r\n".Length - LengthDigits;
        _entriesAt = _bodyAt + Encoding.UTF8.GetBytes($"{{\"QueueUrl\":\"{queueUrl}\",\"Entries\":[", _buffer.AsSpan(_bodyAt));
    }

    /// <summary>How many entries the request has.</summary>
    internal int Count { get; private set; }

    /// <summary>Writes the request that deletes what an answer holds.</summary>
    internal ReadOnlyMemory<byte> Write(ReadOnlySpan<byte> answer)
    {
        Count = 0;
        var length = _entriesAt;
        var member = "\"ReceiptHandle\":\""u8;
        for (var at = answer.IndexOf(member); at >= 0; at = answer.IndexOf(member))
        {
            answer = answer[(at + member.Length)..];
            var handle = answer[..answer.IndexOf((byte)'"')];
            Append(Count == 0 ? "{\"Id\":\""u8 : ",{\"Id\":\""u8, ref length);
            _buffer[length++] = (byte)('0' + Count++);
            Append("\",\"ReceiptHandle\":\""u8, ref length);
            Append(handle, ref length);
            Append("\"}"u8, ref length);
        }

        Append("]}"u8, ref length);
        (length - _bodyAt).TryFormat(_buffer.AsSpan(_lengthAt, LengthDigits), out _, "D6");
        return _buffer.AsMemory(0, length);
    }

    private void Append(ReadOnlySpan<byte> bytes, ref int length)
    {
        bytes.CopyTo(_buffer.AsSpan(length));
        length += bytes.Length;
    }
}
