using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>
/// Generated malformed requests, a thousand at every route, over bare sockets. None may end in a 5xx, and none without an answer.
/// The seed is fixed: a failure is the same failure again.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed class MalformedTests(ApiStack stack)
{
    private const int PerRoute = 400;
    private const int Connections = 8;

    [Fact]
    public async Task Requests_ThatAreMalformed_AreAllAnsweredAndNeverWith5xx()
    {
        var document = await stack.Root.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var routes = (from path in document.GetProperty("paths").EnumerateObject()
                      from operation in path.Value.EnumerateObject()
                      where !path.Name.StartsWith("/dead-letters", StringComparison.Ordinal) || operation.Name == "get"
                      select (Method: operation.Name.ToUpperInvariant(), Path: path.Name)).ToList();
        Assert.NotEmpty(routes);
        var failures = new List<string>();

        await Parallel.ForEachAsync(
            routes.SelectMany((route, r) => Enumerable.Range(0, Connections).Select(c => (route, Seed: (r * Connections) + c))),
            new ParallelOptions { MaxDegreeOfParallelism = Connections },
            async (work, _) => await RunAsync(work.route.Method, work.route.Path, new MalformedRequests(work.Seed, ApiStack.RootKey), failures));

        Assert.True(failures.Count == 0, $"{failures.Count} failures:\n{string.Join('\n', failures.Take(10))}");
    }

    private async Task RunAsync(string method, string path, MalformedRequests requests, List<string> failures)
    {
        AnsweringSocket? socket = null;
        try
        {
            for (var i = 0; i < PerRoute / Connections; i++)
            {
                lock (failures)
                    if (failures.Count > 20) return;
                var request = requests.Next(method, path);
                socket ??= await AnsweringSocket.ConnectAsync(stack.Address);
                var status = await socket.SendAsync(request, method == "HEAD");
                if (status is 0 or >= 500 and not 505)
                    lock (failures) failures.Add($"{status}: {Encoding.Latin1.GetString(request)[..Math.Min(300, request.Length)]}");
                if (socket.IsOpen) continue;
                socket.Dispose();
                socket = null;
            }
        }
        finally
        {
            socket?.Dispose();
        }
    }

    /// <summary>A connection that reads one whole answer per request.</summary>
    private sealed class AnsweringSocket(TcpClient client) : IDisposable
    {
        private readonly byte[] _buffer = new byte[256 * 1024];

        public bool IsOpen { get; private set; } = true;

        public static async Task<AnsweringSocket> ConnectAsync(Uri address)
        {
            var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(address.Host, address.Port);
            return new AnsweringSocket(client);
        }

        /// <summary>The status; 0 where the connection ended without an answer, or none came in time.</summary>
        public async Task<int> SendAsync(byte[] request, bool isHead)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
            var stream = client.GetStream();
            try
            {
                await stream.WriteAsync(request, limit.Token);
                return await ReadAsync(stream, isHead, limit.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                IsOpen = false;
                return 0;
            }
        }

        public void Dispose() => client.Dispose();

        private async Task<int> ReadAsync(NetworkStream stream, bool isHead, CancellationToken cancellationToken)
        {
            var length = 0;
            while (true)
            {
                var read = await stream.ReadAsync(_buffer.AsMemory(length), cancellationToken);
                length += read;
                var text = Encoding.Latin1.GetString(_buffer, 0, length);
                if (read == 0) IsOpen = false;
                if (read == 0 && length == 0) return 0;
                if (read > 0 && !IsWhole(text, isHead)) continue;
                if (text.Contains("Connection: close", StringComparison.OrdinalIgnoreCase)) IsOpen = false;
                return int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        private static bool IsWhole(string text, bool isHead)
        {
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0 || isHead) return end >= 0;
            if (text.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)) return text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
            var at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            if (at < 0 || at > end) return true;
            var size = int.Parse(text.AsSpan(at + 16, text.IndexOf('\r', at) - at - 16), System.Globalization.CultureInfo.InvariantCulture);
            return text.Length >= end + 4 + size;
        }
    }
}
