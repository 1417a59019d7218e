using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SetGet.Benchmarks.Lambda;

/// <summary>
/// Lambda's Runtime API for one execution environment, which is invoked once: notes when the function asks for the event, and when it has answered.
/// </summary>
internal sealed class PlayedLambda : IAsyncDisposable
{
    private const string Runtime = "/2018-06-01/runtime/";

    private readonly WebApplication _app;
    private readonly string _event;
    private readonly TaskCompletionSource<long> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<(long At, string Text)> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PlayedLambda(string @event)
    {
        _event = @event;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet(Runtime + "invocation/next", NextAsync);
        _app.MapPost(Runtime + "invocation/{id}/{outcome}", (string outcome, HttpRequest request) => FinishAsync(outcome, request));
        _app.MapPost(Runtime + "init/error", (HttpRequest request) => FinishAsync("init error", request));
    }

    /// <summary>Host and port, as in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    internal string Address => new Uri(_app.Urls.Single()).Authority;

    /// <summary>When the function first asked for an event: its initialisation is over.</summary>
    internal Task<long> Asked => _asked.Task;

    /// <summary>When it had done the event, and what it said of it.</summary>
    internal Task<(long At, string Text)> Answered => _answered.Task;

    /// <param name="event">What the function is invoked with.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    internal static async Task<PlayedLambda> StartAsync(string @event, CancellationToken cancellationToken)
    {
        var lambda = new PlayedLambda(@event);
        await lambda._app.StartAsync(cancellationToken);
        return lambda;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task NextAsync(HttpContext context)
    {
        // Only once: afterwards the environment is kept waiting, as Lambda keeps one.
        if (!_asked.TrySetResult(Stopwatch.GetTimestamp()))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = "1";
        headers["Lambda-Runtime-Deadline-Ms"] = $"{TimeProvider.System.GetUtcNow().AddSeconds(60).ToUnixTimeMilliseconds()}";
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(_event), context.RequestAborted);
    }

    private async Task FinishAsync(string outcome, HttpRequest request)
    {
        var now = Stopwatch.GetTimestamp();
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        request.HttpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        _answered.TrySetResult((now, $"{outcome}: {body}"));
    }
}
