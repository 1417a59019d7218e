using Gateway.CloudFormation;
using Gateway;
using Gateway.Definition;
using Aws.Lambda;
using Sqs;
using Sqs.Engine;
using Sqs.Http;
using Sqs.Operations;
using Sqs.Protocol;
using Sqs.Storage;

namespace Aws;

/// <summary>Builds the servers from the command line, runs them until the process is told to stop, and stops them in order.</summary>
internal static partial class ServerHost
{
    private static readonly SqsAccount Account = new("us-east-1", "000000000000");

    public static async Task<int> RunAsync(Func<ServerOptions> options, TextWriter output, CancellationToken cancellationToken)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        try
        {
            await ServeAsync(options(), output, logging, cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is TemplateException or GatewayException or LambdaException or SqsException or IOException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(ServerOptions options, TextWriter output, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var templates = Resolve(options);
        var sqsLog = logging.CreateLogger("SQS");
        using var data = options.DataFolder is { } path ? DataFolder.Open(path, Account, sqsLog) : null;
        await using var engine = new SqsEngine(TimeProvider.System, Account, data?.State, data?.Journal)
        {
            Limits = options.MinuteLimits ? new MinuteLimits() : null,
        };
        await using var compactor = data is null ? null : new Compactor(engine, data, options.CompactAtBytes, sqsLog);
        foreach (var template in templates) await QueueCreation.CreateAsync(engine, template, logging.CreateLogger("CloudFormation"));
        var endpoint = new SqsEndpoint(new SqsOperations(engine, TimeProvider.System), logging.CreateLogger<SqsEndpoint>());
        await using var sqs = SqsServer.Build(options.Port, endpoint);
        await sqs.StartAsync(cancellationToken);
        var storage = options.DataFolder is { } folder ? $"messages in {folder}" : "messages in memory only";
        await output.WriteLineAsync($"SQS on {sqs.Urls.First()} ({storage}). Signatures are not checked; loopback only.");
        await using var gateway = await StartGatewayAsync(options, templates, endpoint, logging, output, cancellationToken);
        await using var lambda = await StartLambdaAsync(options, endpoint, logging, output, cancellationToken);
        await StopRequestedAsync(data, cancellationToken);
        // Gateway and Lambda call the engine: they stop first.
        if (lambda is not null) await lambda.DisposeAsync();
        if (gateway is not null) await gateway.StopAsync(CancellationToken.None);
        // Long polls end before Kestrel waits for its requests.
        await engine.DisposeAsync();
        await sqs.StopAsync(CancellationToken.None);
    }

    private static async Task<WebApplication?> StartGatewayAsync(
        ServerOptions options, List<ResolvedTemplate> templates, SqsEndpoint endpoint, ILoggerFactory logging, TextWriter output, CancellationToken cancellationToken)
    {
        if (options.GatewayPort is not { } port) return null;
        var apis = templates.SelectMany(RestApiReader.Read).ToList();
        var service = SqsService.To(endpoint, $"http://localhost:{options.Port}");
        var gateway = GatewayServer.Build(port, apis, options.ApiKeys, service, TimeProvider.System, logging);
        await gateway.StartAsync(cancellationToken);
        foreach (var api in apis) await output.WriteLineAsync($"API Gateway on {gateway.Urls.First()}/{api.Stage.Name}, {options.ApiKeys.Count} API keys.");
        return gateway;
    }

    private static async Task<LambdaHost?> StartLambdaAsync(
        ServerOptions options, SqsEndpoint endpoint, ILoggerFactory logging, TextWriter output, CancellationToken cancellationToken)
    {
        if (options.Lambda is not { } lambda) return null;
        var sqs = $"http://localhost:{options.Port}";
        var host = await LambdaHost.StartAsync(
            lambda, SqsService.To(endpoint, sqs), $"{sqs}/{Account.Id}/{lambda.Queue}", logging, TimeProvider.System, cancellationToken);
        await output.WriteLineAsync($"Lambda Runtime API on {host.Address}, invoked by {lambda.Queue}.");
        return host;
    }

    /// <summary>Waits for the signal to stop. A journal that cannot be written stops the server too: it could keep no promise any more.</summary>
    private static async Task StopRequestedAsync(DataFolder? data, CancellationToken cancellationToken)
    {
        var signal = new TaskCompletionSource();
        await using var registration = cancellationToken.UnsafeRegister(_ => signal.TrySetResult(), null);
        await await Task.WhenAny(signal.Task, data?.Journal.Completion ?? signal.Task);
    }

    private static List<ResolvedTemplate> Resolve(ServerOptions options)
    {
        var context = new TemplateContext
        {
            Region = Account.Region,
            AccountId = Account.Id,
            Parameters = options.Parameters,
            Identities = new ResourceIdentities($"http://localhost:{options.Port}"),
        };
        return [.. options.Templates.Select(file => TemplateResolver.ResolveFile(file, context))];
    }
}
