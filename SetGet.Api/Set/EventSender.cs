using System.Threading.Channels;
using Microsoft.Extensions.Options;
using SetGet.Core.Events;
using SetGet.Core.Queues;

namespace SetGet.Api.Set;

/// <summary>
/// Sends events to the queue in natural batches: while some are on their way, the next gather, and leave together, at most
/// ten and 1 MiB at once. A lone event leaves at once. Nothing is retried here beyond what the SDK retries: the sender waits.
/// </summary>
internal sealed class EventSender(BatchSender batches, IOptions<SendOptions> options, TimeProvider time) : BackgroundService
{
    private readonly Channel<OutgoingEvent> _waiting = Channel.CreateBounded<OutgoingEvent>(options.Value.MaxWaiting);
    private readonly Lock _taking = new();
    private readonly BatchSender _batches = batches;
    private readonly SendOptions _options = options.Value;
    private readonly TimeProvider _time = time;

    /// <summary>Of the events queue.</summary>
    public QueueSpans Spans => _batches.Spans;

    /// <summary>Completes when the queue has the event, or does not take it; never later than the configured timeout.</summary>
    public async Task<SendOutcome> SendAsync(OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        if (!_waiting.Writer.TryWrite(outgoing)) return SendOutcome.Unavailable;
        try
        {
            return await outgoing.Outcome.WaitAsync(TimeSpan.FromSeconds(_options.TimeoutSeconds), _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            outgoing.Finish(SendOutcome.Unknown);
            return SendOutcome.Unknown;
        }
        catch (OperationCanceledException)
        {
            // The sender is gone: if the event is not on its way yet, it stays here.
            outgoing.Finish(SendOutcome.Unavailable);
            throw;
        }
    }

    /// <summary>Lets what waits leave, then stops: Kestrel, stopped before, waits for the requests that wait for it.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } running) await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(Enumerable.Range(0, _options.Concurrency).Select(_ => RunAsync(stoppingToken)));

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<OutgoingEvent>(Queue.BatchSize);
        while (await _waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            Take(batch);
            if (batch.Count > 0) await _batches.SendAsync(batch, cancellationToken);
            batch.Clear();
        }
    }

    /// <summary>Takes what fits into one call. Under a lock, because the next event's size is looked at before it is taken.</summary>
    private void Take(List<OutgoingEvent> batch)
    {
        var bytes = 0;
        lock (_taking)
        {
            while (batch.Count < Queue.BatchSize && _waiting.Reader.TryPeek(out var next))
            {
                if (batch.Count > 0 && bytes + next.Bytes > EnvelopeWriter.MaxMessageBytes) return;
                if (!_waiting.Reader.TryRead(out next)) return;
                if (next.IsAbandoned) continue;
                bytes += next.Bytes;
                batch.Add(next);
            }
        }
    }
}
