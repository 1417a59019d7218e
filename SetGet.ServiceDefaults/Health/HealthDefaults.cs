using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SetGet.ServiceDefaults.Health;

/// <summary>The two health endpoints, and the rule that no check may hang them.</summary>
internal static class HealthDefaults
{
    internal const string ReadyPath = "/health";
    internal const string AlivePath = "/alive";
    internal const string LiveTag = "live";

    /// <summary>Longest that one check may take. Shorter than the five seconds most load balancers wait for an answer.</summary>
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(3);

    internal static void Add(IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck("self", static () => HealthCheckResult.Healthy(), [LiveTag]);
        services.PostConfigure<HealthCheckServiceOptions>(LimitTimes);
    }

    internal static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks(ReadyPath, Options(static _ => true)).DisableHttpMetrics().AllowAnonymous();
        endpoints.MapHealthChecks(AlivePath, Options(static check => check.Tags.Contains(LiveTag))).DisableHttpMetrics().AllowAnonymous();
    }

    internal static bool IsProbe(PathString path) => path == ReadyPath || path == AlivePath;

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> predicate) => new()
    {
        Predicate = predicate,
        ResponseWriter = HealthReportWriter.WriteAsync,
        AllowCachingResponses = false,
    };

    private static void LimitTimes(HealthCheckServiceOptions options)
    {
        foreach (var check in options.Registrations)
            if (check.Timeout <= TimeSpan.Zero || check.Timeout > CheckTimeout)
                check.Timeout = CheckTimeout;
    }
}
