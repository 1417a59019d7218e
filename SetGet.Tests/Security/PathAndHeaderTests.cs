using System.Net.Sockets;
using System.Text;
using SetGet.Tests.Api;

namespace SetGet.Tests.Security;

/// <summary>Ways to spell a path or to add a header that fool servers which decide by the text of either. Sent as they are: a client would tidy them up.</summary>
[Collection(ApiCollection.Name)]
public sealed class PathAndHeaderTests(ApiStack stack)
{
    /// <summary>Spellings of what only the root key may read, tried with an account's key.</summary>
    [Theory]
    [InlineData("/dead-letters")]
    [InlineData("/dead-letters/")]
    [InlineData("//dead-letters")]
    [InlineData("/./dead-letters")]
    [InlineData("/DEAD-LETTERS")]
    [InlineData("/get/../dead-letters")]
    [InlineData("/get/%2e%2e/dead-letters")]
    [InlineData("/get/..%2fdead-letters")]
    [InlineData("/get/..%5cdead-letters")]
    [InlineData("/get/..;/dead-letters")]
    [InlineData("/dead-letters;x=1")]
    [InlineData("/dead-letters%00")]
    [InlineData("/dead-letters%2f")]
    [InlineData("/dead%2dletters")]
    [InlineData("/dead-letters.json")]
    [InlineData("/dead-letters?/get/k")]
    [InlineData("/ops/api/session")]
    [InlineData("/ops/api/../api/session")]
    [InlineData("/ops/%2e%2e/ops/api/session")]
    [InlineData("/ops/API/accounts")]
    [InlineData("http://x/dead-letters")]
    [InlineData("/accounts/THEIRS/limits")]
    [InlineData("/accounts/MINE/../THEIRS/ttl")]
    [InlineData("/accounts/MINE%2f..%2fTHEIRS/ttl")]
    [InlineData("/accounts/THEIRS%2fttl")]
    [InlineData("/health/../dead-letters")]
    public async Task Path_SpelledOddly_GetsNowhere(string path)
    {
        var (mine, theirs) = (ApiStack.NewAccount(), ApiStack.NewAccount());
        var (_, secret) = await stack.CreateKeyAsync(mine, "set", "get", "admin");

        var answer = await SendAsync("GET", path.Replace("MINE", mine, StringComparison.Ordinal).Replace("THEIRS", theirs, StringComparison.Ordinal), $"X-Api-Key: {secret}\r\n");

        Assert.Matches("^HTTP/1\\.1 (400|403|404) ", answer);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    /// <summary>Headers by which proxies and frameworks let a caller be somebody or somewhere else.</summary>
    [Theory]
    [InlineData("X-Original-URL: /health")]
    [InlineData("X-Rewrite-URL: /health")]
    [InlineData("X-HTTP-Method-Override: OPTIONS")]
    [InlineData("X-Method-Override: GET")]
    [InlineData("X-Forwarded-For: 127.0.0.1")]
    [InlineData("X-Forwarded-Prefix: /health")]
    [InlineData("X-Forwarded-Host: localhost")]
    [InlineData("Forwarded: for=127.0.0.1;host=localhost")]
    [InlineData("X-Real-IP: 127.0.0.1")]
    [InlineData("X-Remote-User: root")]
    [InlineData("X-Amzn-Oidc-Identity: root")]
    [InlineData("Authorization: Bearer test-root-key")]
    [InlineData("Authorization: Basic dGVzdC1yb290LWtleTo=")]
    [InlineData("Cookie: X-Api-Key=test-root-key")]
    [InlineData("X_Api_Key: test-root-key")]
    [InlineData("X-Api-Key : test-root-key")]
    [InlineData("X-Api-Key:\r\n test-root-key")]
    [InlineData("X-Api-Key: test-root-key, other")]
    public async Task Header_ThatClaims_ConvincesNobody(string header)
    {
        var answer = await SendAsync("GET", "/dead-letters", header + "\r\n");

        Assert.Matches("^HTTP/1\\.1 (400|401) ", answer);
    }

    /// <summary>Two lengths, or a length and chunks: what a proxy and this server could read as two different requests.</summary>
    [Theory]
    [InlineData("Content-Length: 4\r\nContent-Length: 5\r\n")]
    [InlineData("Content-Length: 4, 5\r\n")]
    [InlineData("Content-Length: +4\r\n")]
    [InlineData("Content-Length: -1\r\n")]
    [InlineData("Content-Length: 0x4\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n")]
    [InlineData("Transfer-Encoding:\u000bchunked\r\n")]
    public async Task Body_WithTwoLengths_IsNoRequest(string headers)
    {
        var answer = await SendAsync("POST", "/set", $"X-Api-Key: {ApiStack.RootKey}\r\nContent-Type: application/json\r\n{headers}", "{}\r\nGET /dead-letters HTTP/1.1\r\n\r\n");

        Assert.Matches("^HTTP/1\\.1 4\\d\\d ", answer);
        Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
    }

    /// <summary>RFC 9112, 6.3: chunks count where both are there, and then the connection ends, so that what follows is nobody's request.</summary>
    [Fact]
    public async Task Body_WithALengthAndChunks_EndsTheConnection()
    {
        var answer = await SendAsync(
            "POST", "/set", $"X-Api-Key: {ApiStack.RootKey}\r\nContent-Type: application/json\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n",
            $"0\r\n\r\nGET /dead-letters HTTP/1.1\r\nHost: x\r\nX-Api-Key: {ApiStack.RootKey}\r\n\r\n", closes: false);

        Assert.Matches("^HTTP/1\\.1 4\\d\\d ", answer);
        Assert.DoesNotContain("HTTP/1.1 2", answer, StringComparison.Ordinal);
    }

    private async Task<string> SendAsync(string method, string path, string headers, string body = "", bool closes = true)
    {
        using var socket = new TcpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        await socket.ConnectAsync(stack.Address.Host, stack.Address.Port, limit.Token);
        var request = $"{method} {path} HTTP/1.1\r\nHost: x\r\n{(closes ? "Connection: close\r\n" : "")}{headers}\r\n{body}";
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var reader = new StreamReader(socket.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(limit.Token);
    }
}
