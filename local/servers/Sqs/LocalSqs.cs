using Sqs.Engine;
using Sqs.Http;
using Sqs.Operations;
using Sqs.Protocol;
using Sqs.Storage;

namespace Sqs;

/// <summary>How a <see cref="LocalSqs"/> is run.</summary>
public sealed record SqsOptions
{
    /// <summary>Folder that keeps the messages; null: they are in memory only.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The size of its logs, in bytes, from which on a snapshot replaces them (or twice the last snapshot, if that is more).</summary>
    public long CompactAtBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>The time of everything in it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>SQS: its queues, their data folder if they have one, and, once it is started, its port.</summary>
public sealed class LocalSqs : IAsyncDisposable
{
    /// <summary>Account and region of requests that name none.</summary>
    public const string AccountId = "000000000000";
    public const string Region = "us-east-1";

    private static readonly SqsAccount Home = new(Region, AccountId);
    private readonly DataFolder? _data;
    private readonly Compactor? _compactor;
    private readonly SqsEngine _engine;
    private readonly SqsEndpoint _endpoint;
    private WebApplication? _server;

    /// <exception cref="IOException">The data folder is used by another process, or cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">Its data are damaged, not only cut off where a crash came.</exception>
    public LocalSqs(SqsOptions options, ILogger logger)
    {
        _data = options.DataFolder is { } path ? Storage.DataFolder.Open(path, Home, logger) : null;
        _engine = new SqsEngine(options.Clock, Home, _data?.State, _data?.Journal);
        _compactor = _data is null ? null : new Compactor(_engine, _data, options.CompactAtBytes, logger);
        _endpoint = new SqsEndpoint(new SqsOperations(_engine, options.Clock), logger);
    }

    /// <summary>Where it listens; null before it is started.</summary>
    public Uri? Address => _server is null ? null : new Uri(_server.Urls.First());

    /// <summary>Ends only when the data folder cannot be written any more: then nothing could be promised.</summary>
    public Task Broken => _data?.Journal.Completion ?? new TaskCompletionSource().Task;

    /// <summary>Creates a queue that all accounts see, or gives it the attributes that differ from those it has.</summary>
    /// <exception cref="SqsException">SQS refuses the name or an attribute.</exception>
    public async Task DeclareAsync(string name, IReadOnlyDictionary<string, string> attributes, IReadOnlyDictionary<string, string> tags)
        => await _engine.CommitAsync(now =>
        {
            var found = _engine.State.TryGet(Home, name, out var existing);
            var queue = found ? existing! : QueueRegistry.Create(_engine, Home, name, attributes, tags, now);
            _engine.State.Share(queue);
            // Compared as they would be kept, so that a start with nothing new changes nothing.
            var wanted = queue.Settings.With(attributes);
            var changes = attributes.Where(attribute => queue.Settings.Effective(attribute.Key) != wanted.Effective(attribute.Key)).ToDictionary();
            if (changes.Count > 0) QueueRegistry.SetAttributes(_engine, queue, changes, now);
            return queue;
        });

    /// <summary>Listens on a loopback port; 0 for any free one.</summary>
    public async Task StartAsync(int port, CancellationToken cancellationToken)
    {
        _server = SqsServer.Build(port, _endpoint);
        await _server.StartAsync(cancellationToken);
    }

    /// <summary>Answers a call as the port would, without the network.</summary>
    public Task<SqsResponse> CallAsync(SqsCall call, CancellationToken cancellationToken) => _endpoint.HandleAsync(call, cancellationToken);

    /// <summary>Ends long polls and requests, and closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        // Long polls end before Kestrel waits for its requests.
        await _engine.DisposeAsync();
        if (_compactor is not null) await _compactor.DisposeAsync();
        if (_server is not null)
        {
            await _server.StopAsync(CancellationToken.None);
            await _server.DisposeAsync();
        }

        _data?.Dispose();
    }
}
