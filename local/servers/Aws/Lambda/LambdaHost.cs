using System.Globalization;
using System.Text;
using Gateway;
using Loopback;

namespace Aws.Lambda;

/// <summary>
/// Lambda's Runtime API on a loopback port, for custom runtimes: <c>AWS_LAMBDA_RUNTIME_API=localhost:PORT</c>. Every process that
/// asks for the next invocation is an execution environment of the one function.
/// </summary>
internal sealed partial class LambdaHost : IAsyncDisposable
{
    /// <summary>What Lambda takes of an answer, bytes.</summary>
    private const int MaximumAnswer = 6 * 1024 * 1024;
    private const string Prefix = "/2018-06-01/runtime/";
    private const string Account = "000000000000";

    private readonly WebApplication _server;
    private readonly EventSourceMapping _mapping;
    private readonly ILogger _logger;
    private readonly string _arn;
    private bool _disposed;

    private LambdaHost(LambdaOptions options, EventSourceMapping mapping, ILogger logger)
    {
        _mapping = mapping;
        _logger = logger;
        _arn = $"arn:aws:lambda:us-east-1:{Account}:function:{options.FunctionName}";
        _server = LoopbackServer.Build(options.Port, MaximumAnswer, HandleAsync);
    }

    /// <summary>What a function finds in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address => new Uri(_server.Urls.First()).Authority;

    /// <param name="options">The function and its mapping.</param>
    /// <param name="sqs">How SQS is called.</param>
    /// <param name="queueUrl">URL of the queue that the options name.</param>
    /// <param name="logging">For what operators should see.</param>
    /// <param name="time">The clock of timeouts and windows.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="LambdaException">Lambda would refuse the mapping.</exception>
    public static async Task<LambdaHost> StartAsync(
        LambdaOptions options, ServiceCall sqs, string queueUrl, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var logger = logging.CreateLogger("Lambda");
        var mapping = await EventSourceMapping.CreateAsync(options, new SourceQueue(sqs, queueUrl), time, logger, cancellationToken);
        var host = new LambdaHost(options, mapping, logger);
        await host._server.StartAsync(cancellationToken);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await _server.StopAsync();
        await _server.DisposeAsync();
        _mapping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var route = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Split('/') : [path];
        var isPost = HttpMethods.IsPost(context.Request.Method);
        switch (route)
        {
            case ["invocation", "next"] when HttpMethods.IsGet(context.Request.Method):
                await NextAsync(context);
                break;
            case ["invocation", var id, "response"] when isPost:
                await FinishAsync(context, await _mapping.AnswerAsync(id, await LoopbackServer.ReadBodyAsync(context.Request), context.RequestAborted));
                break;
            case ["invocation", var id, "error"] when isPost:
                await FinishAsync(context, _mapping.Fail(id, Encoding.UTF8.GetString(await LoopbackServer.ReadBodyAsync(context.Request))));
                break;
            case ["init", "error"] when isPost:
                Log.InitializationFailed(_logger, Encoding.UTF8.GetString(await LoopbackServer.ReadBodyAsync(context.Request)));
                await FinishAsync(context, true);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private async Task NextAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _server.Lifetime.ApplicationStopping);
        Invocation invocation;
        try
        {
            invocation = await _mapping.NextAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = _arn;
        headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{invocation.Deadline.ToUnixTimeSeconds():x8}-{Guid.NewGuid().ToString("N")[..24]};Sampled=0";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Event.Length;
        await context.Response.Body.WriteAsync(invocation.Event, context.RequestAborted);
    }

    /// <summary>An invocation that ended before, by its timeout, is unknown, as in Lambda.</summary>
    private static Task FinishAsync(HttpContext context, bool known)
    {
        context.Response.StatusCode = known ? StatusCodes.Status202Accepted : StatusCodes.Status400BadRequest;
        context.Response.ContentType = "application/json";
        var answer = known ? "{\"status\":\"OK\"}" : "{\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}";
        return context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The function's initialisation failed: {Error}")]
        public static partial void InitializationFailed(ILogger logger, string error);
    }
}
