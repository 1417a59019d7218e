using System.CommandLine;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Reports;

namespace SetGet.Benchmarks.Service;

/// <summary><c>start</c>: the app host, from its start until all is healthy, against one with a single empty web project.</summary>
internal static class StartCommand
{
    private const string Url = "ASPNETCORE_URLS";
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of each app host.", DefaultValueFactory = _ => 5 };

    internal static Command Create()
    {
        var command = new Command("start", "The start of the app host, against one with a single empty web project.") { Rounds };
        command.SetAction((options, cancellationToken) => RunAsync(options.GetValue(Rounds), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) throw new MissingToolException("This benchmark needs Linux, whose /proc tells which processes an app host started.");
        await Dotnet.BuildAsync(Dotnet.AppHostProject, cancellationToken);
        using var empty = await EmptyAppHost.BuildAsync(cancellationToken);
        using var http = new HttpClient();
        AppHostProgram[] programs =
        [
            new("SetGet.AppHost", Dotnet.AppHostProject, SetGetUrls),
            new("empty app host, one web project", empty.Project, static processes => Project(processes, "web") is { } web ? [web] : null),
        ];
        var time = new Comparison("until all is healthy", "s", programs[0].Name, programs[1].Name, Goal.AtMost(1.5));
        var cost = new Comparison("processor time of all processes until then", "s", programs[0].Name, programs[1].Name);
        // The first round warms up.
        await Interleaved.RunAsync("start", rounds + 1, programs, async (program, round) =>
        {
            var (took, used) = await AppHostRun.MeasureAsync(program, http, cancellationToken);
            if (round == 0) return;
            time.Add(program.Name, took.TotalSeconds);
            cost.Add(program.Name, used.TotalSeconds);
        });
        Report.Write("start", "Start: `dotnet run --no-build` of the app host, with its dashboard, until every process of it answers that it is healthy", [time, cost]);
    }

    /// <summary>API and worker, which ask Redis and the queue, and the local SQS with its gateway.</summary>
    private static string[]? SetGetUrls(List<MarkedProcess> processes)
    {
        var aws = processes.Find(static process => process.After("--gateway-port") is not null);
        return (Project(processes, "api"), Project(processes, "worker"), aws) is ({ } api, { } worker, not null)
            ? [api, worker, $"http://127.0.0.1:{aws.After("--port")}/health", $"http://127.0.0.1:{aws.After("--gateway-port")}/health"]
            : null;
    }

    /// <summary>The health route of a project, as Aspire has told it its name and its address.</summary>
    private static string? Project(List<MarkedProcess> processes, string name)
        => processes.Find(process => process.Environment.GetValueOrDefault("OTEL_SERVICE_NAME") == name && process.Environment.ContainsKey(Url)) is { } found
            ? found.Environment[Url].Split(';')[0] + "/health"
            : null;
}
