using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SetGet.Tests.Local.Gateway;

/// <summary>Requests that were sound, with some of their bytes changed: whatever comes, it is answered or hung up on, and never the gateway's fault.</summary>
public sealed class RawRequestTests : IAsyncLifetime
{
    private const int Requests = 700;
    private const string Common = "Host: localhost\r\nX-Api-Key: " + GatewayHarness.Key + "\r\n";

    /// <summary>Who gets no answer by then has not said all that it announced, and says that no more will come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private GatewayHarness _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHarness.StartAsync(
        ("ThrottleRate", "10000"), ("SignedRate", "10000"), ("SignedBurst", "5000"), ("AccountRate", "10000"), ("AccountBurst", "5000"));

    public async ValueTask DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("/v1/set?a=%20b&c", "Content-Type: application/json\r\nIdempotency-Key: one\r\n",
        """{"accountId":"acme","flowId":"f","webhookKeys":["k","m"],"ttlSeconds":60,"data":{"a":[1,-2.5e3,null,true],"b":"it's \"x\" \\ \u00e9"}}""")]
    [InlineData("/v1/hooks/acme/flow/first%3A1?key=b,c&ttl=60", "Content-Type: text/plain; charset=utf-8\r\nwebhook-id: msg_1\r\nX-Event: a\r\n", "text & bytes")]
    [InlineData("/v1/signed/acme/flow/key", "Content-Type: application/json\r\nX-Hub-Signature-256: sha256=00ff\r\nCookie: a=b\r\n", """{"a":1}""")]
    public async Task Request_WithOtherBytes_IsNeverTheGatewaysFault(string path, string headers, string body)
    {
        var sound = Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\n{Common}{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        Assert.Equal(202, await SendAsync(sound, Limit));
        var statuses = new ConcurrentBag<int>();
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (seed, _) =>
        {
            var bytes = Mutate(sound, new Random(seed));
            var status = await SendAsync(bytes, Patience);
            statuses.Add(status);
            Assert.True(status is < 500 or 505, $"{status} to request {seed}:\n{Encoding.Latin1.GetString(bytes)}");
        });
        Assert.Contains(202, statuses);
        Assert.Contains(400, statuses);
        Assert.Equal(202, await SendAsync(sound, Limit));
    }

    /// <summary>Changes, drops, adds or repeats some bytes: anywhere, or of the body alone, because most else ends at the request's first line.</summary>
    private static byte[] Mutate(byte[] sound, Random random)
    {
        var bytes = sound.ToList();
        var first = random.Next(2) == 0 ? 0 : sound.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(first, bytes.Count);
            switch (random.Next(8))
            {
                case 0: bytes.RemoveAt(at); break;
                case 1: bytes.Insert(at, (byte)random.Next(256)); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at))); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes("\"'\\$#{}[]%00\r\n\u2028"[random.Next(14)..])); break;
                default: bytes[at] = (byte)random.Next(256); break;
            }
        }

        return [.. bytes];
    }

    /// <returns>The answer's status; 0 where the connection was closed instead.</returns>
    private async Task<int> SendAsync(byte[] request, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _gateway.Http.BaseAddress!.Port, limit.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request, limit.Token);
            var head = new byte["HTTP/1.1 200".Length];
            var reading = stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, limit.Token).AsTask();
            await Task.WhenAny(reading, Task.Delay(patience, TimeProvider.System, limit.Token));
            if (!reading.IsCompleted) client.Client.Shutdown(SocketShutdown.Send);
            return await reading == head.Length ? int.Parse(Encoding.ASCII.GetString(head)[^3..]) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
