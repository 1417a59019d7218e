using System.Buffers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SetGet.Benchmarks.Set;
using SetGet.Core;
using SetGet.Core.Events;
using SetGet.Core.Store;

namespace SetGet.Benchmarks.Growth;

/// <summary>Stores many small events, each under a key of its own, by the worker's own code in this process: millions through a queue would take an hour.</summary>
internal static class StoreFiller
{
    private const int Batch = 250;
    private const int AtOnce = 4;

    internal static async Task FillAsync(RedisNodes redis, long keys, CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", redis.Address)]);
        builder.Logging.ClearProviders();
        builder.AddSetGetCore();
        builder.Services.AddEventWriting();
        using var host = builder.Build();
        var writer = host.Services.GetRequiredService<EventWriter>();
        var batches = Enumerable.Range(0, (int)((keys + Batch - 1) / Batch)).Select(batch => (long)batch * Batch);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batches, parallel, async (from, token) =>
        {
            var envelopes = Enumerable.Range(0, (int)Math.Min(Batch, keys - from)).Select(i => Envelope(from + i)).ToList();
            foreach (var result in await writer.StoreAsync(envelopes, token))
                if (result.Outcome != StoreOutcome.Stored) throw new InvalidOperationException($"An event was not stored: {result}");
        });
    }

    private static Envelope Envelope(long key)
    {
        var now = TimeProvider.System.GetUtcNow();
        var text = $$$"""{"accountId":"acme","flowId":"orders","webhookKeys":["order-{{{key}}}"],"data":{"type":"order.created","id":{{{key}}}}}""";
        var head = new EnvelopeHead(Guid.CreateVersion7(now).ToString(), now.ToUnixTimeMilliseconds(), "root", IdempotencyKey: null, TraceParent: null);
        var message = new ArrayBufferWriter<byte>();
        EnvelopeWriter.WriteSet(message, head, Encoding.UTF8.GetBytes(text));
        return EnvelopeReader.Read(message.WrittenMemory, out var fault)
            ?? throw new InvalidOperationException($"The envelope was not accepted: {fault}");
    }
}
