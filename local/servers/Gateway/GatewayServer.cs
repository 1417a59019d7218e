using Gateway.Access;
using Gateway.CloudFormation;
using Gateway.Definition;
using Gateway.Mapping;
using Loopback;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Gateway;

/// <summary>API Gateway on a loopback port: <c>http://localhost:PORT/STAGE/PATH</c>.</summary>
public static class GatewayServer
{
    /// <summary>What API Gateway takes of a body, bytes.</summary>
    private const int MaxBody = 10 * 1024 * 1024;

    /// <summary>What is read to be forgotten before the connection is closed, bytes.</summary>
    private const int MaxForgotten = 64 * 1024 * 1024;
    private const int MaxHeaders = 10_240;
    private const string Forbidden = "{\"message\":\"Forbidden\"}";

    /// <summary>Builds the server; the caller starts and stops it.</summary>
    /// <param name="port">0 for any free one.</param>
    /// <param name="templates">Their REST APIs are served, each under its stage's name.</param>
    /// <param name="keys">Keys that the command line gives values.</param>
    /// <param name="service">Where integrations call.</param>
    /// <param name="time">The clock of throttling and of <c>$context.requestTime</c>.</param>
    /// <param name="loggers">For what operators should see.</param>
    /// <exception cref="TemplateException">An API is declared that cannot be played here.</exception>
    public static WebApplication Build(
        int port, IEnumerable<ResolvedTemplate> templates, IReadOnlyList<GivenApiKey> keys, ServiceCall service, TimeProvider time, ILoggerFactory loggers)
    {
        var stages = new Dictionary<string, RestApiHandler>(StringComparer.Ordinal);
        foreach (var api in templates.SelectMany(RestApiReader.Read))
        {
            if (!stages.TryAdd(api.Stage.Name, new RestApiHandler(api, keys, service, time, loggers.CreateLogger<RestApiHandler>())))
                throw new TemplateException($"Two stages are named '{api.Stage.Name}': on one port they need different names.");
        }

        return LoopbackServer.Build(port, MaxForgotten, context => HandleAsync(context, stages, time), builder
            => builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestHeadersTotalSize = MaxHeaders));
    }

    private static async Task HandleAsync(HttpContext http, Dictionary<string, RestApiHandler> stages, TimeProvider time)
    {
        // Kestrel has decoded the path but for slashes that are part of a segment.
        var path = (http.Request.Path.Value ?? "/").TrimStart('/');
        var segments = path.Split('/').Select(segment => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)).ToList();
        var context = Describe(http, time);
        if (!stages.TryGetValue(segments[0], out var stage))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(Forbidden, http.RequestAborted);
            return;
        }

        var (body, tooLarge) = await ReadBodyAsync(http.Request);
        var parameters = new RequestParameters(
            new Dictionary<string, string>(StringComparer.Ordinal), GatewayRequest.Last(http.Request.Query), GatewayRequest.Last(http.Request.Headers));
        var request = new GatewayRequest(http.Request.Method, segments[1..], parameters, http.Request.Query, http.Request.Headers, body);
        await RespondAsync(http.Response, await stage.HandleAsync(request, context, tooLarge, http.RequestAborted), context, http.RequestAborted);
    }

    private static ContextVariables Describe(HttpContext http, TimeProvider time)
    {
        // A client may choose the id of its request, in API Gateway as here.
        var chosen = http.Request.Headers["x-amzn-RequestId"].ToString();
        var context = new ContextVariables
        {
            ["requestId"] = IsHeaderText(chosen) ? chosen : Guid.NewGuid().ToString(),
            ["extendedRequestId"] = Convert.ToBase64String(Guid.NewGuid().ToByteArray()[..11]),
            ["accountId"] = "000000000000",
            ["httpMethod"] = http.Request.Method,
            ["path"] = http.Request.Path.Value,
            ["protocol"] = http.Request.Protocol,
            ["domainName"] = http.Request.Host.Host,
        };
        context.SetTime(time.GetUtcNow());
        context.Identity["sourceIp"] = http.Connection.RemoteIpAddress?.ToString();
        context.Identity["userAgent"] = http.Request.Headers.UserAgent.ToString();
        return context;
    }

    private static bool IsHeaderText(string text) => text.Length is > 0 and <= 256 && text.All(character => character is > ' ' and <= '~');

    /// <summary>A body that is too large is read to its end and forgotten: a client that still writes would not read the answer.</summary>
    private static async Task<(byte[] Body, bool TooLarge)> ReadBodyAsync(HttpRequest request)
    {
        try
        {
            var body = await LoopbackServer.ReadBodyAsync(request);
            return body.Length > MaxBody ? ([], true) : (body, false);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge || fault.InnerException is IOException)
        {
            return ([], true);
        }
    }

    private static async Task RespondAsync(HttpResponse response, GatewayReply reply, ContextVariables context, CancellationToken cancellationToken)
    {
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) response.Headers[name] = value;
        response.Headers["x-amzn-RequestId"] = context["requestId"] as string;
        response.Headers["x-amz-apigw-id"] = context["extendedRequestId"] as string;
        if (reply.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) return;
        response.ContentLength = reply.Body.Length;
        await response.Body.WriteAsync(reply.Body, cancellationToken);
    }
}
