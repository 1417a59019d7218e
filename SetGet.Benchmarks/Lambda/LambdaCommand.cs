using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Reports;
using Spectre.Console;

namespace SetGet.Benchmarks.Lambda;

/// <summary><c>lambda</c>: the cold start of the worker as a function, of the files that its image carries, compiled ahead of time and not.</summary>
internal static class LambdaCommand
{
    private const string Project = "SetGet.Worker";
    private const string Done = """response: {"batchItemFailures":[]}""";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Cold starts of each build.", DefaultValueFactory = _ => 11 };

    internal static Command Create()
    {
        var command = new Command("lambda", "The cold start of the worker as a Lambda function: until it asks for its first event, and until that is stored.") { Rounds };
        command.SetAction((options, cancellationToken) => RunAsync(options.GetValue(Rounds), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("setget-lambda-");
        try
        {
            Build[] builds =
            [
                await PublishAsync(folder, "compiled ahead (ReadyToRun)", isReadyToRun: true, cancellationToken),
                await PublishAsync(folder, "compiled at its start", isReadyToRun: false, cancellationToken),
            ];
            var (redis, port) = await RedisServer.StartAsync(folder.FullName, cancellationToken);
            using var server = redis;
            Comparison[] figures = [Figure("until it asks for its first event", builds), Figure("until that event is stored", builds), Figure("processor time until then", builds)];
            // The first round reads the files from the disk.
            await Interleaved.RunAsync("lambda", rounds + 1, builds, async (build, round) =>
            {
                var measured = await MeasureAsync(build, port, cancellationToken);
                if (round == 0) return;
                for (var i = 0; i < figures.Length; i++) figures[i].Add(build.Name, measured[i]);
            });
            Show(builds, figures, rounds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Comparison Figure(string figure, Build[] builds) => new(figure, "ms", builds[0].Name, builds[1].Name);

    private static async Task<Build> PublishAsync(DirectoryInfo folder, string name, bool isReadyToRun, CancellationToken cancellationToken)
    {
        var output = folder.CreateSubdirectory(isReadyToRun ? "ahead" : "plain").FullName;
        // The files of the image, and where they are in it: the base of the image brings the runtime.
        await Tools.RunAsync(
            "dotnet",
            ["publish", Path.Combine(Repository.Root, Project), "-c", "Release", "--use-current-runtime", "--no-self-contained", $"-p:PublishReadyToRun={isReadyToRun}", "-nodeReuse:false", "-o", output],
            cancellationToken);
        return new Build(name, Path.Combine(output, Project + ".dll"));
    }

    /// <returns>Milliseconds, in the order of the figures.</returns>
    private static async Task<double[]> MeasureAsync(Build build, int redisPort, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await using var lambda = await PlayedLambda.StartAsync(Event(), limit.Token);
        var start = new ProcessStartInfo("dotnet", [build.Assembly, "--urls", "http://127.0.0.1:0"]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment.Remove(Server.SocketThreads);
        start.Environment.Remove(Server.InlineSockets);
        foreach (var (name, value) in Environments(lambda.Address, redisPort)) start.Environment[name] = value;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            var asked = await lambda.Asked.WaitAsync(limit.Token);
            var (answered, text) = await lambda.Answered.WaitAsync(limit.Token);
            if (text != Done) throw new InvalidOperationException($"The function answered '{text}', not '{Done}'.");
            process.Refresh();
            return [Milliseconds(started, asked), Milliseconds(started, answered), process.TotalProcessorTime.TotalMilliseconds];
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>As service.yaml gives them to the function, but for the addresses. No event of the run needs a queue, which Lambda asks itself.</summary>
    private static Dictionary<string, string> Environments(string runtimeApi, int redisPort) => new(StringComparer.Ordinal)
    {
        ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi,
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
        ["AWS__Resources__EventsQueueUrl"] = "http://127.0.0.1:1/000000000000/setget-events",
        ["AWS__Resources__DeadLetterQueueUrl"] = "http://127.0.0.1:1/000000000000/setget-dead-letters",
        ["ConnectionStrings__redis"] = $"127.0.0.1:{redisPort},abortConnect=False",
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["OTEL_SERVICE_NAME"] = "worker",
        ["DOTNET_EnableDiagnostics"] = "0",
    };

    private static string Event() => JsonSerializer.Serialize(new
    {
        Records = new[]
        {
            new
            {
                messageId = "m1",
                receiptHandle = "r1",
                body = Messages.UnderOneKey(0),
                attributes = new Dictionary<string, string> { ["ApproximateReceiveCount"] = "1" },
                eventSource = "aws:sqs",
                awsRegion = "us-east-1",
            },
        },
    });

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;

    private static void Show(Build[] builds, Comparison[] figures, int rounds)
    {
        var table = new Table().Title(Markup.Escape($"The worker as a function: {rounds} cold starts of each, medians, {Environment.ProcessorCount} processors"))
            .AddColumns("", Markup.Escape(builds[0].Name), Markup.Escape(builds[1].Name), "ratio", "ratios of the rounds");
        foreach (var figure in figures)
            table.AddRow(figure.Figure, figure.Text(figure.FirstMedian), figure.Text(figure.SecondMedian), $"{figure.Ratio:0.00}", $"{figure.Spread.Lowest:0.00} to {figure.Spread.Highest:0.00}");
        AnsiConsole.Write(table);
        if (File.Exists("/proc/loadavg")) AnsiConsole.WriteLine($"Load of the machine: {File.ReadAllText("/proc/loadavg").Trim()}");
    }

    private sealed record Build(string Name, string Assembly);
}
