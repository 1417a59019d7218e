using Microsoft.AspNetCore.Connections;
using SetGet.Core.Queues;
using SetGet.Core.Redis;

namespace SetGet.Api.Problems;

/// <summary>
/// The outermost layer: whatever goes wrong inside becomes a problem document, also the bare statuses that routing answers
/// with. A failure is logged here, once.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private readonly RequestDelegate _next = next;
    private readonly ILogger<ProblemMiddleware> _logger = logger;

    public async Task InvokeAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        Problem? problem;
        try
        {
            await _next(context);
            problem = IsBareError(context.Response) ? OfBareStatus(context) : null;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            problem = Explain(exception, context);
            if (problem is null) return;
            Reset(context.Response);
        }

        if (problem is not null) await context.WriteProblemAsync(problem, cancellationToken);
    }

    private static bool IsBareError(HttpResponse response)
        => response is { HasStarted: false, StatusCode: >= 400, ContentType: null } && response.ContentLength is null or 0;

    private static Problem OfBareStatus(HttpContext context) => context.Response.StatusCode switch
    {
        404 => ProblemKinds.NoRoute(context.Request.Method, context.Request.Path.ToUriComponent()),
        405 => ProblemKinds.MethodNotAllowed(context.Request.Method, context.Response.Headers.Allow.ToString()),
        var status => ProblemKinds.OfStatus(status),
    };

    private Problem? Explain(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case ProblemException known:
                return known.Problem;
            case RedisUnavailableException unavailable:
                Log.RedisUnavailable(_logger, unavailable, context.Request.Path);
                return ProblemKinds.Unavailable("The store does not answer.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return ProblemKinds.Timeout();
            case BadHttpRequestException bad:
                return ProblemKinds.BadRequest(bad.Message) with { Status = bad.StatusCode };
            case QueueUnavailableException:
            case OperationCanceledException or IOException when !context.RequestAborted.IsCancellationRequested:
                Log.QueueUnavailable(_logger, exception, context.Request.Path);
                return ProblemKinds.Unavailable("The queue does not answer.");
            // Nobody is there to read an answer.
            case OperationCanceledException or ConnectionAbortedException or IOException when context.RequestAborted.IsCancellationRequested:
                return null;
            default:
                Log.Failed(_logger, exception, context.Request.Method, context.Request.Path);
                return ProblemKinds.Internal();
        }
    }

    /// <summary>Drops what a handler prepared before it failed.</summary>
    private static void Reset(HttpResponse response)
    {
        var allow = response.Headers.Allow;
        response.Clear();
        response.Headers.Allow = allow;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string path);

        [LoggerMessage(3, LogLevel.Warning, "The queue did not answer for {Path}")]
        public static partial void QueueUnavailable(ILogger logger, Exception exception, string path);

        [LoggerMessage(2, LogLevel.Warning, "The store did not answer for {Path}")]
        public static partial void RedisUnavailable(ILogger logger, Exception exception, string path);
    }
}
