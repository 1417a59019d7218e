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
/// Raw HTTP in the JSON protocol, the same for every server: requests are written once and sent as they are, by a thread for
/// each connection; of an answer only what the next request and the count need is read.
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

    /// <summary>Creates the queue that is loaded.</summary>
    internal static SqsLoad Open(Server server, IPEndPoint endpoint)
    {
        using var connection = new HttpConnection(endpoint);
        var answer = connection.Send(SqsRequests.Of("CreateQueue", new JsonObject { ["QueueName"] = "benchmark" }));
        return new SqsLoad(server, endpoint, (string)JsonNode.Parse(answer)!["QueueUrl"]!);
    }

    /// <summary>Sends messages in batches of ten from so many connections.</summary>
    internal SqsRate Send(int messages, int connections, CancellationToken cancellationToken)
    {
        var left = messages / BatchSize;
        return Measure(
            messages,
            connections,
            connection =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                    CheckAll(connection.Send(_send), "\"MessageId\":"u8, BatchSize);
            },
            cancellationToken);
    }

    /// <summary>Receives and deletes in batches of ten until that many are gone, and checks that there were no others.</summary>
    internal SqsRate ReceiveAndDelete(int messages, int connections, CancellationToken cancellationToken)
    {
        var left = messages;
        var rate = Measure(
            messages,
            connections,
            connection =>
            {
                var delete = new DeleteRequest(_queueUrl);
                while (Volatile.Read(ref left) > 0)
                {
                    var request = delete.Write(connection.Send(_receive));
                    if (delete.Count == 0)
                        continue;
                    CheckAll(connection.Send(request), "\"Id\":"u8, delete.Count);
                    Interlocked.Add(ref left, -delete.Count);
                }
            },
            cancellationToken);
        CheckEmpty(messages, left);
        return rate;
    }

    private SqsRate Measure(int messages, int connections, Action<HttpConnection> work, CancellationToken cancellationToken)
    {
        var all = Enumerable.Range(0, connections).Select(_ => new HttpConnection(_endpoint)).ToList();
        // A closed connection ends its thread, and those of the others when one has failed.
        void CloseAll() => all.ForEach(static connection => connection.Dispose());
        using var stop = cancellationToken.Register(CloseAll);
        try
        {
            var used = _server.ProcessorTime;
            var start = TimeProvider.System.GetTimestamp();
            // A thread for each: to wait in the system's own call costs less than to be told by an event loop.
            Task.WaitAll(all.Select(connection => Task.Factory.StartNew(() => Run(work, connection, CloseAll), TaskCreationOptions.LongRunning)), CancellationToken.None);
            var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            return new SqsRate(messages / seconds, (_server.ProcessorTime - used).TotalMicroseconds / (messages / BatchSize));
        }
        finally
        {
            CloseAll();
        }
    }

    private static void Run(Action<HttpConnection> work, HttpConnection connection, Action failed)
    {
        try
        {
            work(connection);
        }
        catch
        {
            failed();
            throw;
        }
    }

    private void CheckEmpty(int messages, int left)
    {
        using var connection = new HttpConnection(_endpoint);
        var rest = new DeleteRequest(_queueUrl);
        rest.Write(connection.Send(_receive));
        if (left != 0 || rest.Count != 0)
            throw new InvalidOperationException($"{messages} messages were sent; {messages - left} were received and deleted, and {rest.Count} or more are left.");
    }

    private static void CheckAll(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> mark, int expected)
    {
        if (answer.IndexOf("\"Failed\":[{"u8) >= 0 || answer.Count(mark) != expected)
            throw new InvalidOperationException("A message was refused: " + Encoding.UTF8.GetString(answer));
    }
}
