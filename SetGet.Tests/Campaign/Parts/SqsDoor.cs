using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>Stands in front of the local SQS, which is too well-behaved to show what SQS may do.</summary>
internal sealed class SqsDoor : IAsyncDisposable
{
    private const string Throttling = """{"__type":"com.amazonaws.sqs#RequestThrottled","message":"Request is throttled."}""";
    private const string InternalError = """{"__type":"com.amazonaws.sqs#InternalError","message":"The request processing has failed because of an unknown error."}""";

    private const string Expired = """{"__type":"com.amazon.coral.service#ExpiredTokenException","message":"The security token included in the request is expired"}""";
    private const int DelaySeconds = 5, LatestSeconds = 41;
    private const string Json = "application/x-amz-json-1.0";

    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly Random _random;
    private volatile SqsFault _fault;

    private SqsDoor(WebApplication app, Uri server, int seed)
    {
        _app = app;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(60) };
        _random = new Random(seed);
    }

    internal int Port => new Uri(_app.Urls.Single()).Port;

    internal static async Task<SqsDoor> StartAsync(Uri server, int seed)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var door = new SqsDoor(builder.Build(), server, seed);
        door._app.Run(door.AnswerAsync);
        await door._app.StartAsync();
        return door;
    }

    internal void Set(SqsFault fault) => _fault = fault;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var call = new SqsCall(context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1], body.ToArray());
        try
        {
            await AnswerAsync(context, call, _fault);
        }
        catch (Exception e) when (Connections.Broke(e))
        {
            // SQS is not there, or the caller is not: the one sees what the other did.
            context.Abort();
        }
    }

    private Task AnswerAsync(HttpContext context, SqsCall call, SqsFault fault) => fault switch
    {
        SqsFault.Throttled when IsStruck() => WriteAsync(context, HttpStatusCode.BadRequest, Throttling),
        SqsFault.Failing when IsStruck() => WriteAsync(context, HttpStatusCode.InternalServerError, InternalError),
        SqsFault.Forbidden => WriteAsync(context, HttpStatusCode.Forbidden, Expired),
        SqsFault.Unanswered when IsStruck() => DoThenAsync(context, call, context.Abort),
        SqsFault.Garbled when IsStruck() => DoThenAsync(context, call, () => GarbleAsync(context)),
        // A standard queue delivers some messages again that were deleted.
        SqsFault.Duplicating when call.Deletes && IsStruck() => WriteAsync(context, HttpStatusCode.OK, call.AllDone()),
        SqsFault.Duplicating when call.Sends => DoThenAsync(context, call, () => PassAsync(context, call)),
        SqsFault.Late when call.Sends => DoThenAsync(context, call.Delayed(Draw, LatestSeconds), () => PassAsync(context, call)),
        SqsFault.Reordering when call.Sends => PassAsync(context, call.Delayed(Draw, DelaySeconds)),
        SqsFault.Partial when call.IsBatch => PartlyAsync(context, call),
        _ => PassAsync(context, call),
    };

    private int Draw(int below)
    {
        lock (_random) return _random.Next(below);
    }

    private bool IsStruck() => Draw(2) == 0;

    private static async Task WriteAsync(HttpContext context, HttpStatusCode status, string body, string type = Json)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private Task DoThenAsync(HttpContext context, SqsCall call, Action then) => DoThenAsync(context, call, () =>
    {
        then();
        return Task.CompletedTask;
    });

    private async Task DoThenAsync(HttpContext context, SqsCall call, Func<Task> then)
    {
        (await ForwardAsync(context, call)).Dispose();
        await then();
    }

    private Task GarbleAsync(HttpContext context) => Draw(5) switch
    {
        0 => WriteAsync(context, HttpStatusCode.OK, "<html>Welcome to this network</html>", "text/html"),
        1 => WriteAsync(context, HttpStatusCode.GatewayTimeout, "<html>504</html>", "text/html"),
        2 => WriteAsync(context, HttpStatusCode.OK, """{"Successful":[{"Id":"0","Mess"""),
        3 => WriteAsync(context, HttpStatusCode.OK, """{"Successful":[{"Id":"seven","MessageId":"1","MD5OfMessageBody":"2"},{"Id":"4711"}],"Messages":[{}]}"""),
        _ => WriteAsync(context, HttpStatusCode.InternalServerError, InternalError),
    };

    private async Task PartlyAsync(HttpContext context, SqsCall call)
    {
        var (part, refused) = call.Part(Draw);
        if (part is null)
        {
            await WriteAsync(context, HttpStatusCode.OK, SqsCall.Refusing("{}", refused));
            return;
        }

        using var answer = await ForwardAsync(context, part);
        await WriteAsync(context, answer.StatusCode, SqsCall.Refusing(await answer.Content.ReadAsStringAsync(context.RequestAborted), refused));
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, SqsCall call)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString)
        {
            Content = new ByteArrayContent(call.Body),
        };
        foreach (var (name, value) in context.Request.Headers)
        {
            if (name is "Host" or "Content-Length" or "Content-Type" or "Connection" or "Expect" or "Transfer-Encoding") continue;
            request.Headers.TryAddWithoutValidation(name, [.. value]);
        }

        if (context.Request.ContentType is { } type) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    }

    private async Task PassAsync(HttpContext context, SqsCall call)
    {
        using var answer = await ForwardAsync(context, call);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            context.Response.Headers[name] = value.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
