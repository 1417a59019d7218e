using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SetGet.ServiceDefaults.Health;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>
/// Describes the server span of a request, where it is recorded. The framework could state a part of it, but would do so
/// for every request, recorded or not. See https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span.
/// </summary>
internal sealed class ServerSpans : IStartupFilter
{
    private const string OtherMethod = "_OTHER";
    private const int MaxUserAgent = 200;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, rest) => Activity.Current is { IsAllDataRequested: true } span ? RunAsync(span, context, rest) : rest(context));
        next(app);
    };

    private static Task RunAsync(Activity span, HttpContext context, RequestDelegate rest)
    {
        if (!IsProbe(context.Request.Path))
            return CompleteAsync(span, context, rest);
        // Probes come every few seconds and say nothing. What is started below a span that is not recorded is not either.
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        span.IsAllDataRequested = false;
        return rest(context);
    }

    private static async Task CompleteAsync(Activity span, HttpContext context, RequestDelegate rest)
    {
        try
        {
            await rest(context);
            Describe(span, context, context.Response.StatusCode, error: null);
        }
        catch (Exception error)
        {
            Describe(span, context, StatusCodes.Status500InternalServerError, error.GetType().FullName);
            throw;
        }
    }

    private static void Describe(Activity span, HttpContext context, int status, string? error)
    {
        var method = MethodName(context.Request.Method);
        var route = context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } ? "/" + pattern.TrimStart('/') : null;
        var name = method == OtherMethod ? "HTTP" : method;
        span.DisplayName = route is null ? name : $"{name} {route}";
        span.SetTag("http.request.method", method);
        if (method == OtherMethod)
            span.SetTag("http.request.method_original", context.Request.Method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        DescribeRequest(span, context.Request);
        if (status < StatusCodes.Status500InternalServerError)
            return;
        span.SetTag("error.type", error ?? status.ToString());
        span.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Not the query: what is in it is the caller's business.</summary>
    private static void DescribeRequest(Activity span, HttpRequest request)
    {
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.PathBase.Add(request.Path).Value);
        span.SetTag("network.protocol.version", request.Protocol.StartsWith("HTTP/", StringComparison.Ordinal) ? request.Protocol[5..] : null);
        if (request.Host.HasValue)
        {
            span.SetTag("server.address", request.Host.Host);
            span.SetTag("server.port", request.Host.Port);
        }

        if (request.Headers.UserAgent is [{ Length: > 0 } agent, ..])
            span.SetTag("user_agent.original", agent.Length <= MaxUserAgent ? agent : agent[..MaxUserAgent]);
    }

    /// <summary>A caller may invent methods; names of spans must stay few.</summary>
    private static string MethodName(string method) =>
        method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "PATCH" or "OPTIONS" or "TRACE" or "CONNECT" ? method : OtherMethod;

    private static bool IsProbe(PathString path) => path == HealthDefaults.ReadyPath || path == HealthDefaults.AlivePath;
}
