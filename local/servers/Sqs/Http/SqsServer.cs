using Loopback;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sqs.Engine;
using Sqs.Protocol;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Sqs.Http;

/// <summary>SQS on a loopback port.</summary>
internal static class SqsServer
{
    /// <summary>Twice what a full batch takes in JSON, and enough for one in which every character is escaped.</summary>
    private const long MaximumRequestBytes = 8 * 1024 * 1024;

    /// <summary>Builds the server; the caller starts and stops it.</summary>
    /// <param name="port">0 for any free one.</param>
    /// <param name="endpoint">What answers.</param>
    public static WebApplication Build(int port, SqsEndpoint endpoint)
        => LoopbackServer.Build(port, MaximumRequestBytes, context => HandleAsync(context, endpoint), builder =>
        {
            // What keeps it from starting is thrown to the caller, who says it in one line.
            builder.Logging.AddSimpleConsole(options => options.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
                .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
                // It would begin an activity for every request only to have something to log under; Kestrel logs what fails.
                .AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.None);
            // What a request needs is done in microseconds: handing it from thread to thread would cost more.
            builder.WebHost.UseSockets(options => options.UnsafePreferInlineScheduling = true).ConfigureKestrel(options =>
            {
                options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
                options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
                options.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
            });
        });

    private static async Task HandleAsync(HttpContext context, SqsEndpoint endpoint)
    {
        var request = context.Request;
        byte[] body;
        try
        {
            body = await LoopbackServer.ReadBodyAsync(request);
        }
        catch (BadHttpRequestException exception)
        {
            await RefuseAsync(context, exception);
            return;
        }

        var call = new SqsCall(
            request.Path.Value ?? "/", request.QueryString.Value ?? "", request.Headers["X-Amz-Target"], $"http://{request.Host.Value}", body,
            request.Headers["X-Amzn-Trace-Id"], request.Headers["Authorization"],
            WantsJson: request.Headers["Accept"].ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase));
        await RespondAsync(context, await endpoint.HandleAsync(call, context.RequestAborted));
    }

    private static async Task RefuseAsync(HttpContext context, BadHttpRequestException exception)
    {
        var error = exception.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? SqsError.TooLarge.With($"A request has at most {MaximumRequestBytes} bytes.")
            : SqsError.Serialization.With(exception.Message);
        context.Response.Headers.Connection = "close";
        var response = SqsEndpoint.Error(error, isJson: context.Request.Headers.ContainsKey("X-Amz-Target"), wantsJson: false, MessageId.New().ToString());
        await RespondAsync(context, response with { Status = exception.StatusCode });
    }

    private static async ValueTask RespondAsync(HttpContext context, SqsResponse reply)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        response.Headers["x-amzn-RequestId"] = reply.RequestId;
        if (reply.QueryError is { } error) response.Headers["x-amzn-query-error"] = error;
        await response.BodyWriter.WriteAsync(reply.Body, context.RequestAborted);
    }
}
