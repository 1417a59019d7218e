using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>What is not valid HTTP, sent over bare sockets: an answer comes all the same, and it is a problem document.</summary>
[Collection(ApiCollection.Name)]
public sealed class RawHttpTests(ApiStack stack)
{
    public static TheoryData<string, int> Requests => new()
    {
        { "RUBBISH\r\n\r\n", 400 },
        { "GET /alive HTTP/1.1\r\n\r\n", 400 },
        { "GET /alive HTTP/9.9\r\nHost: x\r\n\r\n", 505 },
        { "GET /get/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
        { "GET /" + new string('a', 9000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414 },
        { "GET /alive HTTP/1.1\r\nHost: x\r\nA: " + new string('b', 40_000) + "\r\n\r\n", 431 },
        { "GET /alive HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400 },
        { "POST /set HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n", 400 },
        { Post("Transfer-Encoding: chunked") + "zz\r\n", 400 },
        { Post("Transfer-Encoding: chunked") + "FFFFFFFFFFFFFFFF\r\n", 400 },
        { Post("Connection: close\r\nTransfer-Encoding: gzip, chunked") + "2\r\n{}\r\n0\r\n\r\n", 415 },
        { "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001", 400 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_ThatIsNoHttp_IsAnsweredWithAProblem(string request, int status)
    {
        var (head, body) = await SendAsync(request);

        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", head, StringComparison.Ordinal);
        Assert.Equal(status, JsonDocument.Parse(body).RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Body_ThatComesTooSlowly_IsToldSo()
    {
        var (head, body) = await SendAsync(Post("Content-Length: 100") + "{");

        Assert.StartsWith("HTTP/1.1 408 ", head, StringComparison.Ordinal);
        Assert.Contains("request-timeout", body, StringComparison.Ordinal);
    }

    private static string Post(string header)
        => $"POST /set HTTP/1.1\r\nHost: x\r\nX-Api-Key: {ApiStack.RootKey}\r\nContent-Type: application/json\r\n{header}\r\n\r\n";

    private async Task<(string Head, string Body)> SendAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(stack.Address.Host, stack.Address.Port);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(limit.Token);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"no answer: '{answer}'");
        return (answer[..end], answer[(end + 4)..]);
    }
}
