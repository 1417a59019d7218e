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

namespace SetGet.Benchmarks.Get;

/// <summary>Puts the samples into Redis: as the worker would, and as plain values under the same keys.</summary>
internal static class SampleStore
{
    internal const string Account = "acme";

    internal static async Task FillAsync(string redisAddress, CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", redisAddress)]);
        builder.AddSetGetCore();
        builder.Services.AddEventWriting();
        using var host = builder.Build();
        foreach (var sample in StoredSample.All)
        {
            await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().StringSetAsync(sample.WebhookKey, sample.Data);
            var results = await host.Services.GetRequiredService<EventWriter>().StoreAsync([Envelope(sample)], cancellationToken);
            if (results[0].Outcome != StoreOutcome.Stored)
                throw new InvalidOperationException($"The event was not stored: {results[0]}");
        }
    }

    private static Envelope Envelope(StoredSample sample)
    {
        var text = $$"""{"accountId":"{{Account}}","flowId":"orders","webhookKeys":["{{sample.WebhookKey}}"],"data":{{sample.Data}}}""";
        var head = new EnvelopeHead(
            Guid.CreateVersion7().ToString(), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), "root", IdempotencyKey: null, TraceParent: null);
        var message = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteSet(message, head, Encoding.UTF8.GetBytes(text));
        return EnvelopeReader.Read(message.WrittenMemory, out var fault)
            ?? throw new InvalidOperationException($"The envelope was not accepted: {fault}");
    }
}
