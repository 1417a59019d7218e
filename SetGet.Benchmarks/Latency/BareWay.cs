using System.Diagnostics;
using Amazon.SQS;
using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Latency;

/// <summary>
/// From a message that is sent to a consumer that receives it by long poll and deletes it, with the worker's client: what a queue between sender and
/// reader costs at least. It is a queue of the same server, which the worker does not read.
/// </summary>
internal sealed class BareWay : IAsyncDisposable
{
    private readonly AmazonSQSClient _sqs;
    private readonly string _queueUrl;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _receiving;
    private volatile TaskCompletionSource<long>[] _awaited = [];

    private BareWay(AmazonSQSClient sqs, string queueUrl)
    {
        _sqs = sqs;
        _queueUrl = queueUrl;
        _receiving = new BareConsumer(sqs, queueUrl).RunAsync(Received, _end.Token);
    }

    internal static async Task<BareWay> StartAsync(Backbone backbone, CancellationToken cancellationToken)
    {
        var sqs = Backbone.Client(backbone.SqsUrl);
        return new BareWay(sqs, (await sqs.CreateQueueAsync("benchmark-latency", cancellationToken)).QueueUrl);
    }

    internal async Task<Delay> MeasureAsync(int rate, int count, CancellationToken cancellationToken)
    {
        var awaited = new TaskCompletionSource<long>[count];
        for (var i = 0; i < count; i++) awaited[i] = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = awaited;
        var delay = new Delay(new Samples(count), new Samples(count));
        await Pace.RunAsync(rate, count, async (i, due) =>
        {
            var sending = Stopwatch.GetTimestamp();
            await _sqs.SendMessageAsync(_queueUrl, $"{i} {SetStack.Data}", cancellationToken);
            var received = await awaited[i].Task.WaitAsync(cancellationToken);
            delay.FromAccepted.Set(i, sending, received);
            delay.FromDue.Set(i, due, received);
        }, cancellationToken);
        return delay;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _receiving;
        _end.Dispose();
        _sqs.Dispose();
    }

    private void Received(Amazon.SQS.Model.Message message)
        => _awaited[int.Parse(message.Body.AsSpan(0, message.Body.IndexOf(' ')))].TrySetResult(Stopwatch.GetTimestamp());
}
