using SetGet.Benchmarks.Latency;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Scale;
using SetGet.Benchmarks.Set;
using SetGet.Benchmarks.Wire;

namespace SetGet.Benchmarks.Drain;

/// <summary>API and worker, and between them and what they stand on relays that count.</summary>
internal sealed class CountedStack : IAsyncDisposable
{
    private readonly Backbone _backbone;
    private readonly SqsCalls _sqs = new();
    private readonly RedisCalls _redis = new();
    private readonly TcpRelay _sqsRelay;
    private readonly TcpRelay _redisRelay;
    private EventApi _api = null!;
    private Server _worker = null!;
    private int _next;

    private CountedStack(Backbone backbone, TimeSpan delay)
    {
        _backbone = backbone;
        _sqsRelay = new TcpRelay(new Uri(backbone.SqsUrl).Port, delay / 2, _sqs.Watch);
        _redisRelay = new TcpRelay(backbone.Redis.FirstPort, watch: _redis.Watch);
    }

    /// <param name="delay">From a request to SQS to its answer.</param>
    internal static async Task<CountedStack> StartAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var stack = new CountedStack(await Backbone.StartAsync(cancellationToken), delay);
        try
        {
            var sqsUrl = $"http://127.0.0.1:{stack._sqsRelay.Port}";
            var environment = new Dictionary<string, string>
            {
                ["AWS_ENDPOINT_URL_SQS"] = sqsUrl,
                ["AWS__Resources__EventsQueueUrl"] = stack._backbone.QueueUrl.Replace(stack._backbone.SqsUrl, sqsUrl, StringComparison.Ordinal),
                ["ConnectionStrings__redis"] = $"127.0.0.1:{stack._redisRelay.Port}",
            };
            stack._api = await EventApi.StartAsync(stack._backbone, environment, cancellationToken);
            stack._worker = stack._backbone.Add(await Consumers.StartWorkerAsync(stack._backbone, environment, cancellationToken));
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends so many events, each under a key of its own, waits until they are stored, and reads them.</summary>
    internal async Task<Measured> MeasureAsync(int rate, int events, CancellationToken cancellationToken)
    {
        var first = _next;
        _next += events;
        var before = await TakeAsync();
        await Pace.RunAsync(rate, events, (i, _) => _api.SetAsync(Key(first + i), cancellationToken), cancellationToken);
        await Backlog.EmptyAsync(_backbone, cancellationToken);
        var stored = (await TakeAsync()).Zip(before, (now, then) => (now - then) / events).ToArray();
        before = await TakeAsync();
        await Pace.RunAsync(rate, events, (i, _) => _api.GetAsync(Key(first + i), waitSeconds: 0, cancellationToken), cancellationToken);
        var read = (await TakeAsync()).Zip(before, (now, then) => (now - then) / events).ToArray();
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date);
        return new Measured(
            today, rate, stored[0], stored[1], stored[2], read[0], read[2], stored[3], stored[4], stored[5], stored[6], stored[7], stored[8], stored[9], stored[10]);
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        _backbone.Dispose();
        await _sqsRelay.DisposeAsync();
        await _redisRelay.DisposeAsync();
    }

    private static string Key(int i) => $"order-{i}";

    private async Task<double[]> TakeAsync() =>
    [
        _api.Server.ProcessorTime.TotalMicroseconds, _worker.ProcessorTime.TotalMicroseconds, _backbone.Redis.ProcessorTime.TotalMicroseconds,
        _sqs.Of("SendMessage"), _sqs.Of("ReceiveMessage"), _sqs.Of("DeleteMessage"),
        _redis.RoundTrips, _redis.Commands,
        await _backbone.Redis.InfoAsync("stats", "total_net_input_bytes"), await _backbone.Redis.InfoAsync("stats", "total_net_output_bytes"),
        await _backbone.Redis.InfoAsync("memory", "used_memory"),
    ];
}
