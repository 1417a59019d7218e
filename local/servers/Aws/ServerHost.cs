using Aws.Lambda;
using Gateway;
using Gateway.CloudFormation;
using Sqs;

namespace Aws;

/// <summary>Builds the servers from the command line, runs them until the process is told to stop, and stops them in order.</summary>
internal static class ServerHost
{
    public static async Task<int> RunAsync(Func<ServerOptions> options, TextWriter output, CancellationToken cancellationToken)
    {
        using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
        try
        {
            await ServeAsync(options(), output, logging, cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is TemplateException or LambdaException or SqsException or IOException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task ServeAsync(ServerOptions options, TextWriter output, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var address = $"http://localhost:{options.Port}";
        var context = new TemplateContext
        {
            Region = LocalSqs.Region,
            AccountId = LocalSqs.AccountId,
            Parameters = options.Parameters,
            Identities = new ResourceIdentities(address),
        };
        var templates = options.Templates.Select(file => TemplateResolver.ResolveFile(file, context)).ToList();
        await using var sqs = new LocalSqs(options.Sqs, logging.CreateLogger("SQS"));
        foreach (var template in templates) await TemplateQueues.CreateAsync(sqs, template, logging.CreateLogger("CloudFormation"));
        await sqs.StartAsync(options.Port, cancellationToken);
        var storage = options.Sqs.DataFolder is { } folder ? $"messages in {folder}" : "messages in memory only";
        await output.WriteLineAsync($"SQS on {sqs.Address!.GetLeftPart(UriPartial.Authority)} ({storage}). Signatures are not checked; loopback only.");

        // Gateway and Lambda call SQS: they stop first.
        var service = SqsService.To(sqs, address);
        await using var gateway = options.GatewayPort is { } port
            ? GatewayServer.Build(port, templates, options.ApiKeys, service, TimeProvider.System, logging) : null;
        if (gateway is not null)
        {
            await gateway.StartAsync(cancellationToken);
            await output.WriteLineAsync($"API Gateway on {gateway.Urls.First()}, {options.ApiKeys.Count} API keys.");
        }

        await using var lambda = options.Lambda is { } function
            ? await LambdaHost.StartAsync(
                function, service, $"{address}/{LocalSqs.AccountId}/{function.Queue}", logging, TimeProvider.System, cancellationToken) : null;
        if (lambda is not null) await output.WriteLineAsync($"Lambda Runtime API on {lambda.Address}, invoked by {options.Lambda!.Queue}.");
        await StopRequestedAsync(sqs, cancellationToken);
        if (lambda is not null) await lambda.DisposeAsync();
        if (gateway is not null) await gateway.StopAsync(CancellationToken.None);
    }

    /// <summary>Waits for the signal to stop. A data folder that cannot be written stops the server too: it could keep no promise any more.</summary>
    private static async Task StopRequestedAsync(LocalSqs sqs, CancellationToken cancellationToken)
    {
        var signal = new TaskCompletionSource();
        await using var registration = cancellationToken.UnsafeRegister(_ => signal.TrySetResult(), null);
        await await Task.WhenAny(signal.Task, sqs.Broken);
    }
}
