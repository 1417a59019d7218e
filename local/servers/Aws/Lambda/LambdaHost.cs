using Gateway;

namespace Aws.Lambda;

/// <summary>The Runtime API of one function with its event source mapping, running.</summary>
internal sealed class LambdaHost : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly EventSourceMapping _mapping;
    private bool _disposed;

    private LambdaHost(WebApplication server, EventSourceMapping mapping)
    {
        _server = server;
        _mapping = mapping;
    }

    /// <summary>What a function finds in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address => new Uri(_server.Urls.First()).Authority;

    /// <param name="options">The function and its mapping.</param>
    /// <param name="sqs">How SQS is called.</param>
    /// <param name="queueUrl">URL of the queue that the options name.</param>
    /// <param name="logging">For what operators should see.</param>
    /// <param name="time">The clock of timeouts and windows.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="LambdaException">Lambda would refuse the mapping.</exception>
    public static async Task<LambdaHost> StartAsync(
        LambdaOptions options, ServiceCall sqs, string queueUrl, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var logger = logging.CreateLogger("Lambda");
        var mapping = await EventSourceMapping.CreateAsync(options, new SourceQueue(sqs, queueUrl), time, logger, cancellationToken);
        var server = RuntimeServer.Build(options, mapping, logger);
        await server.StartAsync(cancellationToken);
        return new LambdaHost(server, mapping);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await _server.StopAsync();
        await _server.DisposeAsync();
        _mapping.Dispose();
    }
}
