using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aws.Lambda;

/// <summary>
/// Lambda's Runtime API on a loopback port, for custom runtimes: <c>AWS_LAMBDA_RUNTIME_API=localhost:PORT</c>. Every process that
/// asks for the next invocation is an execution environment of the one function.
/// </summary>
internal static partial class RuntimeServer
{
    /// <summary>What Lambda takes of an answer, bytes.</summary>
    private const int MaximumAnswer = 6 * 1024 * 1024;
    private const string Prefix = "/2018-06-01/runtime/";
    private const string Account = "000000000000";

    /// <summary>Builds the server; the caller starts and stops it.</summary>
    public static WebApplication Build(LambdaOptions options, EventSourceMapping mapping, ILogger logger)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        var app = builder.Build();
        var arn = $"arn:aws:lambda:us-east-1:{Account}:function:{options.FunctionName}";
        app.Run(context => HandleAsync(context, mapping, arn, logger, app.Lifetime.ApplicationStopping));
        return app;
    }

    private static void Configure(KestrelServerOptions options, int port)
    {
        if (port == 0) options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        else options.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1);
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaximumAnswer;
    }

    private static async Task HandleAsync(HttpContext context, EventSourceMapping mapping, string arn, ILogger logger, CancellationToken stopping)
    {
        var path = context.Request.Path.Value ?? "";
        var route = path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Split('/') : [path];
        var isPost = HttpMethods.IsPost(context.Request.Method);
        switch (route)
        {
            case ["/health"]:
                await context.Response.WriteAsync("Healthy", context.RequestAborted);
                break;
            case ["invocation", "next"] when HttpMethods.IsGet(context.Request.Method):
                await NextAsync(context, mapping, arn, stopping);
                break;
            case ["invocation", var id, "response"] when isPost:
                await FinishAsync(context, await mapping.AnswerAsync(id, await ReadAsync(context), context.RequestAborted));
                break;
            case ["invocation", var id, "error"] when isPost:
                await FinishAsync(context, mapping.Fail(id, Encoding.UTF8.GetString(await ReadAsync(context))));
                break;
            case ["init", "error"] when isPost:
                Log.InitializationFailed(logger, Encoding.UTF8.GetString(await ReadAsync(context)));
                await FinishAsync(context, true);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static async Task NextAsync(HttpContext context, EventSourceMapping mapping, string arn, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        Invocation invocation;
        try
        {
            invocation = await mapping.NextAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.Id;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = arn;
        headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{invocation.Deadline.ToUnixTimeSeconds():x8}-{Guid.NewGuid().ToString("N")[..24]};Sampled=0";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Event.Length;
        await context.Response.Body.WriteAsync(invocation.Event, context.RequestAborted);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
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
