using System.Net.Sockets;
using System.Text;

namespace Sqs.Tests;

/// <summary>What no client library sends: bytes that are no text, chunks that are no chunks, callers that are not this machine's.</summary>
public class RawRequestTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Target = "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS.SendMessage\r\n";

    public static TheoryData<string, byte[]> Odd { get; } = new()
    {
        { "a name that is no UTF-8", Post("{\"QueueUrl\":\"u\",\"\u00ff\u00fe\":1}") },
        { "a name that is half of a surrogate pair", Post("{\"QueueUrl\":\"u\",\"\\ud800\":1}") },
        { "a value that is no UTF-8", Post("{\"QueueUrl\":\"u\",\"MessageBody\":\"\u00ff\"}") },
        { "a chunk of 2^64 bytes", Chunked("FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n") },
        { "a chunk of no number", Chunked("zz\r\n{}\r\n0\r\n\r\n") },
        { "a chunk that is longer than it says", Chunked("1\r\n{\"a\":1}\r\n0\r\n\r\n") },
        { "a form that is no text", Encoding.Latin1.GetBytes("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\nAction=\u00ff%zz&") },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Bytes_OfWhateverKind_AreRefusedBySqs(string what, byte[] request)
    {
        var answer = await SendAsync(request);
        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{what}: {answer}");
    }

    [Theory]
    [InlineData("Host: attacker.example\r\n", 403)]
    [InlineData("Host: localhost\r\nOrigin: https://attacker.example\r\n", 403)]
    [InlineData("Host: localhost\r\nOrigin: null\r\n", 403)]
    [InlineData("Host: localhost:9324\r\nOrigin: http://localhost:3000\r\n", 200)]
    [InlineData("Host: 127.0.0.1\r\n", 200)]
    [InlineData("Host: [::1]:9324\r\n", 200)]
    [InlineData("Host: sqs.us-east-1.localhost\r\n", 200)]
    public async Task Caller_OfAnotherSite_IsRefused(string headers, int status)
    {
        const string Body = "{}";
        var answer = await SendAsync(Encoding.ASCII.GetBytes(
            $"POST / HTTP/1.1\r\n{headers}Connection: close\r\nX-Amz-Target: AmazonSQS.ListQueues\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    /// <summary>What a page loads as its picture is sent by GET, without Origin: it would fill or empty a queue of the developer who looks at the page.</summary>
    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("none", 200)]
    [InlineData("same-site", 200)]
    public async Task Picture_OfAnotherSite_CallsNothing(string site, int status)
    {
        var answer = await SendAsync(Encoding.ASCII.GetBytes(
            $"GET /?Action=ListQueues&Version=2012-11-05 HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: {site}\r\nSec-Fetch-Mode: no-cors\r\nConnection: close\r\n\r\n"));
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AnyBytesAtAll_AreAnsweredAndNeverAFaultOfTheServer(int seed)
    {
        var random = new Random(seed);
        var sound = Post("""{"QueueUrl":"http://localhost/000000000000/q","MessageBody":"text","MessageAttributes":{"a":{"DataType":"String","StringValue":"b"}}}""");
        var body = Encoding.Latin1.GetString(sound).IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        for (var i = 0; i < 300; i++)
        {
            var bytes = (byte[])sound.Clone();
            for (var n = random.Next(1, 6); n > 0; n--) bytes[random.Next(body, bytes.Length)] = (byte)random.Next(256);
            var answer = await SendAsync(bytes);
            Assert.False(answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal), $"seed {seed}, {i}: {Encoding.Latin1.GetString(bytes)}\n{answer}");
        }
    }

    private static byte[] Post(string body)
        => Encoding.Latin1.GetBytes($"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{Target}Content-Length: {body.Length}\r\n\r\n{body}");

    private static byte[] Chunked(string body)
        => Encoding.Latin1.GetBytes($"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{Target}Transfer-Encoding: chunked\r\n\r\n{body}");

    private async Task<string> SendAsync(byte[] request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Endpoint.Host, server.Endpoint.Port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request, limit.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            return await reader.ReadToEndAsync(limit.Token);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
