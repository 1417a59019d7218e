using System.Text.Json;
using Microsoft.Extensions.Options;
using SetGet.Worker.Composition;
using SetGet.Worker.Processing;
using SetGet.Worker.Queue;

namespace SetGet.Worker.Lambda;

/// <summary>
/// The worker as a Lambda function: takes batches from the Runtime API, one after the other, and answers with the messages that failed
/// (<c>ReportBatchItemFailures</c>). The mapping deletes the others.
/// </summary>
internal sealed partial class LambdaRuntime : BackgroundService
{
    // What is not done this long before the deadline is given up, so that there is time to say so.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private readonly RuntimeApi _runtime;
    private readonly BatchProcessor _processor;
    private readonly EventQueue _queue;
    private readonly DeadLetterSender _deadLetters;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LambdaRuntime> _logger;

    public LambdaRuntime(
        RuntimeApi runtime, BatchProcessor processor, EventQueue queue, DeadLetterSender deadLetters, IOptions<WorkerOptions> options, TimeProvider time, ILogger<LambdaRuntime> logger)
    {
        _runtime = runtime;
        _processor = processor;
        _queue = queue;
        _deadLetters = deadLetters;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var invocation = await _runtime.NextAsync(stoppingToken);
                Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
                await HandleAsync(invocation, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (HttpRequestException e)
            {
                Log.RuntimeApiFailed(_logger, e);
                await Task.Delay(Margin, _time, CancellationToken.None);
            }
        }
    }

    private async Task HandleAsync(Invocation invocation, CancellationToken stoppingToken)
    {
        try
        {
            var response = new BatchResponse(await ProcessAsync(invocation));
            await _runtime.RespondAsync(invocation.RequestId, JsonSerializer.SerializeToUtf8Bytes(response, RuntimeJson.Default.BatchResponse), stoppingToken);
        }
        catch (Exception e) when (e is not HttpRequestException && !stoppingToken.IsCancellationRequested)
        {
            Log.InvocationFailed(_logger, invocation.RequestId, e);
            await _runtime.FailAsync(invocation.RequestId, e, stoppingToken);
        }
    }

    private async Task<IReadOnlyList<BatchItemFailure>> ProcessAsync(Invocation invocation)
    {
        var began = _time.GetUtcNow();
        var batch = JsonSerializer.Deserialize(invocation.Event, RuntimeJson.Default.SqsEvent);
        if (batch?.Records is not { } records) throw new InvalidOperationException("The event is not a batch of an SQS queue: it has no Records.");
        var messages = records.Select(r => r.ToMessage()).ToList();
        using var deadline = new CancellationTokenSource(Left(invocation), _time);
        try
        {
            var results = await _processor.ProcessAsync(messages, began, deadline.Token);
            var failed = await SettleAsync(results, deadline.Token);
            return failed.ConvertAll(m => new BatchItemFailure(m.Id));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What is stored already is a duplicate when it comes again.
            Log.OutOfTime(_logger, messages.Count);
            return messages.ConvertAll(m => new BatchItemFailure(m.Id));
        }
    }

    private async Task<List<QueueMessage>> SettleAsync(IReadOnlyList<MessageResult> results, CancellationToken cancellationToken)
    {
        var failed = results.Where(r => r.Disposition == Disposition.Retry).Select(r => r.Message).ToList();
        foreach (var result in results.Where(r => r.Disposition == Disposition.DeadLetter))
        {
            if (!await _deadLetters.TrySendAsync(result, cancellationToken)) failed.Add(result.Message);
        }

        foreach (var chunk in failed.Chunk(EventQueue.BatchSize)) await TryHideAsync(chunk, cancellationToken);
        return failed;
    }

    // Without it a failed message comes again after the queue's own visibility timeout: sooner or later than wanted, but it comes.
    private async Task TryHideAsync(QueueMessage[] messages, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.HideAsync(Array.ConvertAll(messages, m => (m, RetryDelay.After(m.ReceiveCount, _options))), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotHidden(_logger, messages.Length, e);
        }
    }

    private TimeSpan Left(Invocation invocation)
    {
        var left = invocation.Deadline - _time.GetUtcNow() - Margin;
        return left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Invocation {RequestId} failed; its whole batch comes again")]
        public static partial void InvocationFailed(ILogger logger, string requestId, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The time of the invocation is up; {Count} messages come again")]
        public static partial void OutOfTime(ILogger logger, int count);

        [LoggerMessage(3, LogLevel.Warning, "The delay of {Count} failed messages could not be set")]
        public static partial void NotHidden(ILogger logger, int count, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "The Lambda Runtime API does not answer as it should")]
        public static partial void RuntimeApiFailed(ILogger logger, Exception exception);
    }
}
