using System.Text.Json;
using SetGet.Core;

namespace SetGet.Worker.Lambda;

/// <summary>
/// The worker as a Lambda function: takes batches from the Runtime API, one after the other, and answers with the messages that failed
/// (<c>ReportBatchItemFailures</c>). The mapping deletes the others.
/// </summary>
internal sealed partial class LambdaRuntime(
    RuntimeApi runtime, PushedBatch batch, TimeProvider time, ILogger<LambdaRuntime> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly RuntimeApi _runtime = runtime;
    private readonly PushedBatch _batch = batch;
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
            catch (Exception e) when (NetworkFault.Is(e))
            {
                Log.RuntimeApiFailed(_logger, e);
                await Task.Delay(Pause, _time, CancellationToken.None);
            }
        }
    }

    private async Task HandleAsync(Invocation invocation, CancellationToken stoppingToken)
    {
        try
        {
            var response = new BatchResponse(await _batch.WorkAsync(invocation));
            await _runtime.RespondAsync(invocation.RequestId, JsonSerializer.SerializeToUtf8Bytes(response, RuntimeJson.Default.BatchResponse), stoppingToken);
        }
        catch (Exception e) when (!NetworkFault.Is(e) && !stoppingToken.IsCancellationRequested)
        {
            Log.InvocationFailed(_logger, invocation.RequestId, e);
            await _runtime.FailAsync(invocation.RequestId, e, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Invocation {RequestId} failed; its whole batch comes again")]
        public static partial void InvocationFailed(ILogger logger, string requestId, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "The Lambda Runtime API does not answer as it should")]
        public static partial void RuntimeApiFailed(ILogger logger, Exception exception);
    }
}
