using System.Text.Json;
using SetGet.Worker.Processing;

namespace SetGet.Worker.Lambda;

/// <summary>
/// The worker as a Lambda function: takes batches from the Runtime API, one after the other, and answers with the messages that failed
/// (<c>ReportBatchItemFailures</c>). The mapping deletes the others.
/// </summary>
internal sealed partial class LambdaRuntime(
    RuntimeApi runtime, BatchProcessor processor, Settlement settlement, TimeProvider time, ILogger<LambdaRuntime> logger) : BackgroundService
{
    // What is not done this long before the deadline is given up, so that there is time to say so.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private readonly RuntimeApi _runtime = runtime;
    private readonly BatchProcessor _processor = processor;
    private readonly Settlement _settlement = settlement;
    private readonly TimeProvider _time = time;
    private readonly ILogger<LambdaRuntime> _logger = logger;

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
            var items = await _processor.ProcessAsync(messages, began, deadline.Token);
            var again = await _settlement.SettleAsync(items, deletes: false, deadline.Token);
            return [.. again.Select(m => new BatchItemFailure(m.Id))];
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // What is stored already is a duplicate when it comes again.
            Log.OutOfTime(_logger, messages.Count);
            return messages.ConvertAll(m => new BatchItemFailure(m.Id));
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

        [LoggerMessage(3, LogLevel.Error, "The Lambda Runtime API does not answer as it should")]
        public static partial void RuntimeApiFailed(ILogger logger, Exception exception);
    }
}
