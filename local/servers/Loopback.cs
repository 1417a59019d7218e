using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Loopback;

/// <summary>A server on a loopback port: Kestrel with one terminal handler, nothing routed, bound or serialised by a framework.</summary>
internal static class LoopbackServer
{
    private const int MaximumConnections = 20_000;

    /// <summary>Memory that is taken because a client says how much it will send, bytes.</summary>
    private const long MostReserved = 1024 * 1024;

    /// <summary>Builds the server; the caller starts and stops it.</summary>
    /// <param name="port">0 for any free one.</param>
    /// <param name="maximumBody">Bytes of a request's body at most.</param>
    /// <param name="handler">Answers every request but <c>GET /health</c>.</param>
    /// <param name="configure">What this server has beyond that.</param>
    public static WebApplication Build(int port, long maximumBody, RequestDelegate handler, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            // "localhost" is ::1 for some clients and 127.0.0.1 for others; a port chosen by the system exists on one of them only.
            if (port == 0) options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            else options.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http1);
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = maximumBody;
            options.Limits.MaxConcurrentConnections = MaximumConnections;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        configure?.Invoke(builder);
        var app = builder.Build();
        app.Run(context => Refusal(context.Request) is { } refusal ? RefuseAsync(context, refusal)
            : context.Request.Path.Value == "/health" && HttpMethods.IsGet(context.Request.Method)
                ? context.Response.WriteAsync("Healthy", context.RequestAborted)
            : handler(context));
        return app;
    }

    /// <summary>The whole body of a request.</summary>
    /// <exception cref="BadHttpRequestException">It is longer than the server takes, comes too slowly, or is not well-formed.</exception>
    public static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        var aborted = request.HttpContext.RequestAborted;
        try
        {
            using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, MostReserved));
            await request.Body.CopyToAsync(body, aborted);
            return body.ToArray();
        }
        catch (IOException fault) when (fault is not BadHttpRequestException && !aborted.IsCancellationRequested)
        {
            // Kestrel's own, at a chunk whose size is beyond all numbers.
            throw new BadHttpRequestException(fault.Message, StatusCodes.Status400BadRequest, fault);
        }
    }

    // A browser sends forms of any page here, and a page may have its own name point here (DNS rebinding): neither is this machine's developer. An
    // address that a page loads as its picture or script comes without Origin, with what the browser itself says of the two sites.
    private static string? Refusal(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host)) return $"This server is local: it answers to localhost, not to the host '{request.Host}'.";
        if (request.Headers["Sec-Fetch-Site"] == "cross-site") return "This server is local: it takes nothing from pages of other sites.";
        return request.Headers.Origin is [{ } origin] && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopback(uri.Host))
            ? $"This server is local: it takes nothing from pages of '{origin}'."
            : null;
    }

    private static bool IsLoopback(string host)
        => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
