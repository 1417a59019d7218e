using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using SetGet.Core.Events;
using SetGet.Core.Store;
using SetGet.Tests.Api;
using SetGet.Tests.Core;

namespace SetGet.Tests.Worker;

/// <summary>Redis, SQS and a worker as processes of their own, each of which a test may stop.</summary>
public sealed class WorkerStack : IAsyncDisposable
{
    private readonly int _redisPort = StoreServer.FreePort();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("setget-worker-");
    private readonly Uri _sqsAddress = new($"http://127.0.0.1:{StoreServer.FreePort().ToString(CultureInfo.InvariantCulture)}");
    private readonly bool _isDurable;
    private readonly string _redisKind;
    private StoreServer? _redis;
    private ChildProcess? _queue;
    private ChildProcess? _worker;

    private WorkerStack(bool isDurable, string redisKind)
    {
        _isDurable = isDurable;
        _redisKind = redisKind;
    }

    public AmazonSQSClient Sqs { get; private set; } = null!;

    public string WorkerOutput => _worker!.Output;

    private string EventsUrl => $"{_sqsAddress}000000000000/setget-events";

    private string DeadLettersUrl => $"{_sqsAddress}000000000000/setget-dead-letters";

    /// <param name="isDurable">Redis keeps what it has answered for when it is killed.</param>
    /// <param name="lambda">The address of a Runtime API, for a worker that is a Lambda function.</param>
    /// <param name="redisKind">Which server plays Redis.</param>
    public static async Task<WorkerStack> StartAsync(string? lambda = null, bool isDurable = false, string redisKind = StoreServer.Redis)
    {
        var stack = new WorkerStack(isDurable, redisKind);
        await stack.StartRedisAsync();
        var template = Path.Combine(StoreServer.Folder, "SetGet.AppHost", "aws", "ingest.yaml");
        stack._queue = new ChildProcess("Aws", $"--template '{template}' --port {stack._sqsAddress.Port.ToString(CultureInfo.InvariantCulture)}", new Dictionary<string, string>());
        await stack._queue.IsReadyAsync(new Uri(stack._sqsAddress, "/health"));
        stack.Sqs = new AmazonSQSClient("local", "local", new AmazonSQSConfig { ServiceURL = stack._sqsAddress.ToString(), AuthenticationRegion = "us-east-1" });
        stack.StartWorker(lambda);
        return stack;
    }

    public async Task StartRedisAsync() => _redis = await StoreServer.StartAsync(_redisKind, _redisPort, _isDurable ? _data.FullName : null);

    public async Task KillRedisAsync()
    {
        if (_redis is not null) await _redis.DisposeAsync();
        _redis = null;
    }

    public void StartWorker(string? lambda = null)
    {
        var settings = ApiStack.Settings(_redis!.ConnectionString, _sqsAddress);
        // A killed worker's messages come back after that.
        settings["SetGet:Worker:VisibilitySeconds"] = "3";
        settings["SetGet:Worker:HeartbeatSeconds"] = "1";
        settings["SetGet:Worker:RetrySeconds"] = "1";
        if (lambda is not null) settings["AWS_LAMBDA_RUNTIME_API"] = lambda;
        _worker = new ChildProcess("SetGet.Worker", "", settings.ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value));
    }

    public Task KillQueueAsync() => _queue!.KillAsync();

    public async Task<EventReader> StoreAsync(StoreFixture fixture) => fixture.ReaderOver(await _redis!.ConnectAsync());

    public static string Text(Envelope envelope)
    {
        var request = Encoding.UTF8.GetBytes($$"""{"accountId":"{{envelope.Request.AccountId}}","flowId":"flow","webhookKeys":["{{string.Join("\",\"", envelope.Request.WebhookKeys)}}"],"data":{{Encoding.UTF8.GetString(envelope.Request.Data.Span)}}}""");
        var output = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteSet(output, envelope.Head, request);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public async Task SendAsync(params string[] bodies)
    {
        foreach (var chunk in bodies.Chunk(10))
        {
            var response = await Sqs.SendMessageBatchAsync(EventsUrl, [.. chunk.Select((body, i) => new SendMessageBatchRequestEntry($"{i}", body) { MessageGroupId = "group" })]);
            Assert.Equal(chunk.Length, response.Successful!.Count);
        }
    }

    /// <summary>Ends when the events queue holds nothing, hidden messages included.</summary>
    public async Task DrainedAsync()
    {
        var deadline = Stopwatch.StartNew();
        while (await CountAsync(EventsUrl) > 0)
        {
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(120), $"{await CountAsync(EventsUrl)} messages are left. {WorkerOutput}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    public Task<long> DeadLetterCountAsync() => CountAsync(DeadLettersUrl);

    public async Task<List<Message>> DeadLettersAsync(int count)
    {
        var all = new List<Message>();
        while (all.Count < count)
        {
            var response = await Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(DeadLettersUrl)
            {
                MaxNumberOfMessages = 10,
                WaitTimeSeconds = 10,
                MessageAttributeNames = ["All"],
                MessageSystemAttributeNames = ["All"],
            });
            if (response.Messages is not { Count: > 0 } messages) break;
            all.AddRange(messages);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        if (_queue is not null) await _queue.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
        Sqs?.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task<long> CountAsync(string url)
    {
        var response = await Sqs.GetQueueAttributesAsync(url, ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]);
        return response.Attributes!.Values.Sum(v => long.Parse(v, CultureInfo.InvariantCulture));
    }
}
