using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Service;

/// <summary>An app host, and where the health of what it starts is to be asked for.</summary>
/// <param name="HealthUrls">From the processes that run already; null while one is missing.</param>
internal sealed record AppHostProgram(string Name, string Project, Func<List<MarkedProcess>, string[]?> HealthUrls);

/// <summary>One start of an app host, as <c>dotnet run</c> starts it, until all that it started is healthy.</summary>
internal static class AppHostRun
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(1);

    /// <returns>How long it took, and the processor time of all its processes until then.</returns>
    internal static async Task<(TimeSpan Took, TimeSpan ProcessorTime)> MeasureAsync(AppHostProgram program, HttpClient http, CancellationToken cancellationToken)
    {
        var processes = new MarkedProcesses();
        string[]? urls = null;
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            using var server = await Server.StartAsync(
                "dotnet", Dotnet.Run(program.Project), AllHealthyAsync, cancellationToken, Environment(processes), StartLimit);
            var took = TimeProvider.System.GetElapsedTime(start);
            var used = processes.ProcessorTime();
            await server.EndAsync(cancellationToken);
            return (took, used);
        }
        finally
        {
            // Also after a start that failed, or was given up: the orchestrator would go on.
            await processes.EndAsync(EndLimit, CancellationToken.None);
        }

        async Task<bool> AllHealthyAsync(CancellationToken token)
        {
            urls ??= program.HealthUrls(processes.Find());
            if (urls is null) return false;
            var answers = await Task.WhenAll(urls.Select(url => IsHealthyAsync(http, url, token)));
            return answers.All(static isHealthy => isHealthy);
        }
    }

    /// <summary>A process that is starting may take a request and let it wait for what it lacks: the next one is sooner answered.</summary>
    private static async Task<bool> IsHealthyAsync(HttpClient http, string url, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProbeLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await Server.Answers(http, url)(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What the launch profile of an app host says, on ports of its own: another app host may run on this machine.</summary>
    private static Dictionary<string, string> Environment(MarkedProcesses processes) => new()
    {
        [processes.Mark.Key] = processes.Mark.Value,
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
        ["ASPNETCORE_URLS"] = FreeUrl(),
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = FreeUrl(),
        ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = FreeUrl(),
        ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = FreeUrl(),
        ["DcpPublisher__RandomizePorts"] = "true",
    };

    private static string FreeUrl() => $"http://localhost:{Server.FreePort()}";
}
