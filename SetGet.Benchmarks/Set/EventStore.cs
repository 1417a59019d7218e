using System.Buffers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SetGet.Core;
using SetGet.Core.Events;
using SetGet.Core.Store;
using StackExchange.Redis;

namespace SetGet.Benchmarks.Set;

/// <summary>Stores events by the worker's own code, in this process.</summary>
internal sealed class EventStore : IDisposable
{
    internal const string Account = "acme";

    private readonly IHost _host;
    private readonly EventWriter _writer;

    internal EventStore(string redisAddress)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", redisAddress)]);
        builder.AddSetGetCore();
        builder.Services.AddEventWriting();
        _host = builder.Build();
        _writer = _host.Services.GetRequiredService<EventWriter>();
    }

    internal IDatabase Redis => _host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

    /// <exception cref="InvalidOperationException">One of them was not stored.</exception>
    internal async Task StoreAsync(IReadOnlyList<Envelope> envelopes, CancellationToken cancellationToken)
    {
        foreach (var result in await _writer.StoreAsync(envelopes, cancellationToken))
            if (result.Outcome != StoreOutcome.Stored) throw new InvalidOperationException($"An event was not stored: {result}");
    }

    /// <summary>An event that is accepted now.</summary>
    /// <param name="data">JSON.</param>
    internal static Envelope Envelope(string webhookKey, string data)
    {
        var now = TimeProvider.System.GetUtcNow();
        var text = $$"""{"accountId":"{{Account}}","flowId":"orders","webhookKeys":["{{webhookKey}}"],"data":{{data}}}""";
        var head = new EnvelopeHead(EventIds.New(now).ToString(), now.ToUnixTimeMilliseconds(), "root", IdempotencyKey: null, TraceParent: null);
        var message = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteSet(message, head, Encoding.UTF8.GetBytes(text));
        return EnvelopeReader.Read(message.WrittenMemory, out var fault)
            ?? throw new InvalidOperationException($"The envelope was not accepted: {fault}");
    }

    public void Dispose() => _host.Dispose();
}
