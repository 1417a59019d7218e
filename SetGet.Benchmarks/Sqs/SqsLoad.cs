using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Sqs;

/// <summary>What a server did, and what it used for it.</summary>
/// <param name="MessagesPerSecond">Over all connections.</param>
/// <param name="ProcessorMicroseconds">Processor time of the server for a batch: one call of a send, two of receive and delete.</param>
internal sealed record SqsRate(double MessagesPerSecond, double ProcessorMicroseconds);

/// <summary>
/// Raw HTTP in the JSON protocol, the same for every server: requests are written once and sent as they are; of an answer
/// only what the next request and the count need is read. All connections share one thread (<see cref="UseOneThread"/>).
/// </summary>
internal sealed class SqsLoad
{
    internal const int BatchSize = 10;
    internal const int BodyBytes = 1024;

    private readonly Server _server;
    private readonly IPEndPoint _endpoint;
    private readonly string _queueUrl;
    private readonly byte[] _send;
    private readonly byte[] _receive;

    private SqsLoad(Server server, IPEndPoint endpoint, string queueUrl)
    {
        _server = server;
        _endpoint = endpoint;
        _queueUrl = queueUrl;
        _send = SqsRequests.SendBatch(queueUrl, BatchSize, BodyBytes);
        _receive = SqsRequests.Receive(queueUrl, BatchSize);
    }

    /// <summary>
    /// Lets the thread that is told of an answer read it and send the next request itself: a load that wakes a thread for each
    /// answer takes processor time from the server that it measures. Has to come before the first socket.
    /// </summary>
    internal static void UseOneThread()
    {
        Environment.SetEnvironmentVariable(Server.SocketThreads, "1");
        Environment.SetEnvironmentVariable(Server.InlineSockets, "1");
    }

    /// <summary>Creates the queue that is loaded.</summary>
    internal static async Task<SqsLoad> OpenAsync(Server server, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var request = SqsRequests.Of("CreateQueue", new JsonObject { ["QueueName"] = "benchmark" });
        var answer = await OnceAsync(endpoint, request, cancellationToken);
        return new SqsLoad(server, endpoint, (string)JsonNode.Parse(answer.Span)!["QueueUrl"]!);
    }

    /// <summary>Sends messages in batches of ten from so many connections.</summary>
    internal Task<SqsRate> SendAsync(int messages, int connections, CancellationToken cancellationToken)
    {
        var left = messages / BatchSize;
        return MeasureAsync(messages, connections, Work, cancellationToken);

        async Task Work(HttpConnection connection, CancellationToken token)
        {
            while (Interlocked.Decrement(ref left) >= 0)
                CheckAll((await connection.SendAsync(_send, token)).Span, "\"MessageId\":"u8, BatchSize);
        }
    }

    /// <summary>Receives and deletes in batches of ten until that many are gone, and checks that there were no others.</summary>
    internal async Task<SqsRate> ReceiveAndDeleteAsync(int messages, int connections, CancellationToken cancellationToken)
    {
        var left = messages;
        var rate = await MeasureAsync(messages, connections, Work, cancellationToken);
        await CheckEmptyAsync(messages, left, cancellationToken);
        return rate;

        async Task Work(HttpConnection connection, CancellationToken token)
        {
            var delete = new DeleteRequest(_queueUrl);
            while (Volatile.Read(ref left) > 0)
            {
                var request = delete.Write((await connection.SendAsync(_receive, token)).Span);
                if (delete.Count == 0)
                    continue;
                CheckAll((await connection.SendAsync(request, token)).Span, "\"Id\":"u8, delete.Count);
                Interlocked.Add(ref left, -delete.Count);
            }
        }
    }

    private async Task<SqsRate> MeasureAsync(
        int messages, int connections, Func<HttpConnection, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var all = new List<HttpConnection>();
        // When one connection fails, the others need not go on.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (var i = 0; i < connections; i++)
                all.Add(await HttpConnection.OpenAsync(_endpoint, cancellationToken));
            var used = _server.ProcessorTime;
            var start = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(all.Select(connection => RunAsync(work, connection, stop)));
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            return new SqsRate(messages / seconds, (_server.ProcessorTime - used).TotalMicroseconds / (messages / BatchSize));
        }
        finally
        {
            all.ForEach(static connection => connection.Dispose());
            await LeaveSocketsAsync();
        }
    }

    private static async Task RunAsync(Func<HttpConnection, CancellationToken, Task> work, HttpConnection connection, CancellationTokenSource stop)
    {
        try
        {
            await work(connection, stop.Token);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task CheckEmptyAsync(int messages, int left, CancellationToken cancellationToken)
    {
        var rest = new DeleteRequest(_queueUrl);
        rest.Write((await OnceAsync(_endpoint, _receive, cancellationToken)).Span);
        if (left != 0 || rest.Count != 0)
            throw new InvalidOperationException(
                $"{messages} messages were sent; {messages - left} were received and deleted, and {rest.Count} or more are left.");
    }

    private static async Task<ReadOnlyMemory<byte>> OnceAsync(IPEndPoint endpoint, byte[] request, CancellationToken cancellationToken)
    {
        using var connection = await HttpConnection.OpenAsync(endpoint, cancellationToken);
        try
        {
            return await connection.SendAsync(request, cancellationToken);
        }
        finally
        {
            await LeaveSocketsAsync();
        }
    }

    /// <summary>
    /// The last answer came on the sockets' one thread. What follows a measurement may wait for a server's end, of which that same
    /// thread would have to tell.
    /// </summary>
    private static async Task LeaveSocketsAsync() => await Task.Yield();

    private static void CheckAll(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> mark, int expected)
    {
        if (answer.IndexOf("\"Failed\":[{"u8) >= 0 || answer.Count(mark) != expected)
            throw new InvalidOperationException("A message was refused: " + Encoding.UTF8.GetString(answer));
    }
}
