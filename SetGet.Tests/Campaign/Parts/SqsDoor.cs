using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>What SQS does to its callers on a bad day, each of which its documentation allows.</summary>
internal enum SqsFault
{
    None,

    /// <summary>Half the calls are refused for being too many.</summary>
    Throttled,

    /// <summary>Half the calls fail within SQS.</summary>
    Failing,

    /// <summary>Half the calls are done, but their answers never come.</summary>
    Unanswered,

    /// <summary>What is sent arrives twice, and half of what is deleted comes again.</summary>
    Duplicating,

    /// <summary>Each message arrives up to four seconds late, and so behind later ones.</summary>
    Reordering,
}

/// <summary>Stands in front of the local SQS, which is too well-behaved to show what SQS may do.</summary>
internal sealed class SqsDoor : IAsyncDisposable
{
    private const string Throttling = """{"__type":"com.amazonaws.sqs#RequestThrottled","message":"Request is throttled."}""";
    private const string InternalError = """{"__type":"com.amazonaws.sqs#InternalError","message":"The request processing has failed because of an unknown error."}""";

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
        var action = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        var fault = _fault;
        try
        {
            switch (fault)
            {
                case SqsFault.Throttled when IsStruck(): await RefuseAsync(context, HttpStatusCode.BadRequest, Throttling); return;
                case SqsFault.Failing when IsStruck(): await RefuseAsync(context, HttpStatusCode.InternalServerError, InternalError); return;
                case SqsFault.Duplicating when action == "DeleteMessageBatch" && IsStruck(): await PretendAsync(context, body.ToArray()); return;
                case SqsFault.Duplicating when action == "SendMessageBatch": (await ForwardAsync(context, body.ToArray())).Dispose(); break;
                default: break;
            }

            var bytes = fault == SqsFault.Reordering && action == "SendMessageBatch" ? Delayed(body.ToArray()) : body.ToArray();
            using var answer = await ForwardAsync(context, bytes);
            if (fault == SqsFault.Unanswered && IsStruck()) context.Abort();
            else await PassAsync(context, answer);
        }
        catch (Exception e) when (Connections.Broke(e))
        {
            // SQS is not there, or the caller is not: the one sees what the other did.
            context.Abort();
        }
    }

    private bool IsStruck()
    {
        lock (_random) return _random.Next(2) == 0;
    }

    private static async Task RefuseAsync(HttpContext context, HttpStatusCode status, string body)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    // A standard queue delivers some messages again that were deleted.
    private static async Task PretendAsync(HttpContext context, byte[] request)
    {
        var ids = JsonNode.Parse(request)!["Entries"]!.AsArray().Select(entry => new JsonObject { ["Id"] = entry!["Id"]!.GetValue<string>() });
        context.Response.ContentType = "application/x-amz-json-1.0";
        await context.Response.WriteAsync(new JsonObject { ["Successful"] = new JsonArray([.. ids]) }.ToJsonString(), context.RequestAborted);
    }

    private byte[] Delayed(byte[] request)
    {
        var json = JsonNode.Parse(request)!;
        foreach (var entry in json["Entries"]!.AsArray())
            lock (_random) entry!["DelaySeconds"] = _random.Next(5);
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString)
        {
            Content = new ByteArrayContent(body),
        };
        foreach (var (name, value) in context.Request.Headers)
        {
            if (name is "Host" or "Content-Length" or "Content-Type" or "Connection" or "Expect" or "Transfer-Encoding") continue;
            request.Headers.TryAddWithoutValidation(name, [.. value]);
        }

        if (context.Request.ContentType is { } type) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    }

    private static async Task PassAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            context.Response.Headers[name] = value.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
