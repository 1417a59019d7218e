using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SetGet.ServiceDefaults.Health;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>
/// Completes the server span: the framework states what is known when a request begins, this what is known when it ends.
/// See https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span.
/// </summary>
internal sealed class ServerSpans : IStartupFilter
{
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
        var method = span.GetTagItem("http.request.method") as string ?? "HTTP";
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            route = route.StartsWith('/') ? route : "/" + route;
            span.DisplayName = $"{method} {route}";
            span.SetTag("http.route", route);
        }
        else
        {
            span.DisplayName = method;
        }

        span.SetTag("http.response.status_code", status);
        if (status < StatusCodes.Status500InternalServerError)
            return;
        span.SetTag("error.type", error ?? status.ToString());
        span.SetStatus(ActivityStatusCode.Error);
    }

    private static bool IsProbe(PathString path) => path == HealthDefaults.ReadyPath || path == HealthDefaults.AlivePath;
}
