using System.Diagnostics.Metrics;
using SetGet.Core.Events;
using SetGet.Core.Queues;
using SetGet.Core.Store;

namespace SetGet.Worker.Telemetry;

/// <summary>
/// What the worker counts and measures: the meter <c>SetGet.Worker</c>. To add an instrument: a field, its unit and description, a method per
/// event.
/// </summary>
internal sealed class WorkerMetrics
{
    /// <summary>Of the meter, and of the source of spans.</summary>
    public const string Name = "SetGet.Worker";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600],
    };

    private readonly Counter<long> _stored;
    private readonly Counter<long> _duplicate;
    private readonly Counter<long> _late;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _strangers;
    private readonly Histogram<double> _acceptedToStored;
    private readonly Histogram<double> _wait;
    private readonly Histogram<int> _batch;
    private readonly OldestMessage _oldest;
    private readonly TimeProvider _time;
    private QueueSizes? _queue;

    public WorkerMetrics(IMeterFactory meters, OldestMessage oldest, TimeProvider time)
    {
        _oldest = oldest;
        _time = time;
        var meter = meters.Create(Name);
        _stored = meter.CreateCounter<long>("setget.events.stored", "{event}", "Events that were written to Redis");
        _duplicate = meter.CreateCounter<long>("setget.events.duplicate", "{event}", "Events that were stored before: delivered or sent again");
        _late = meter.CreateCounter<long>("setget.events.late", "{event}", "Events that were stored behind a newer one of their key");
        _expired = meter.CreateCounter<long>("setget.events.expired", "{event}", "Events that had expired when they arrived");
        _failed = meter.CreateCounter<long>("setget.events.failed", "{event}", "Attempts to store that failed and will be repeated");
        _deadLettered = meter.CreateCounter<long>("setget.events.dead_lettered", "{event}", "Messages that were sent to the dead-letter queue, by reason");
        _strangers = meter.CreateCounter<long>(
            "setget.strangers.dropped", "{message}", "Webhooks without an API key that proved nothing and were dropped, by reason");
        _acceptedToStored = meter.CreateHistogram(
            "setget.accepted_to_stored.duration", "s", "From an event's acceptance until it can be read", advice: Seconds);
        _wait = meter.CreateHistogram("setget.queue.wait.duration", "s", "How long a message had been in the queue when it was received", advice: Seconds);
        _batch = meter.CreateHistogram<int>("setget.receive.batch.size", "{message}", "Messages that came in one receive");
        meter.CreateObservableGauge(
            "setget.queue.depth", () => Sizes(s => s.Depth), "{message}", "Messages that wait in the events queue; every worker says the same");
        meter.CreateObservableGauge(
            "setget.queue.in_flight", () => Sizes(s => s.InFlight), "{message}", "Messages that are received and not yet deleted; every worker says the same");
        meter.CreateObservableGauge(
            "setget.dead_letters", () => Sizes(s => s.DeadLetters), "{message}", "Messages in the dead-letter queue; every worker says the same");
        meter.CreateObservableGauge(
            "setget.queue.oldest_message.age", Age, "s",
            "Age of the oldest message that this worker has received since the last measurement, has in hand, or gave back while Redis is away; "
                + "0 where the queue is empty");
    }

    public void Received(IReadOnlyList<QueueMessage> messages)
    {
        _batch.Record(messages.Count);
        var now = _time.GetUtcNow();
        foreach (var message in messages)
            if (message.SentAt is { } sentAt) _wait.Record(Math.Max(0, (now - sentAt).TotalSeconds));
    }

    public void Processed(StoreResult result, Envelope envelope)
    {
        switch (result.Outcome)
        {
            case StoreOutcome.Stored:
                _stored.Add(1);
                if (result.IsLate) _late.Add(1);
                _acceptedToStored.Record(Math.Max(0, (_time.GetUtcNow().ToUnixTimeMilliseconds() - envelope.AcceptedAt) / 1000.0));
                break;
            case StoreOutcome.Duplicate: _duplicate.Add(1); break;
            case StoreOutcome.Expired: _expired.Add(1); break;
            case StoreOutcome.Failed: _failed.Add(1); break;
            default: break; // a conflict is counted as the dead letter that it becomes
        }
    }

    public void DeadLettered(string reason) => _deadLettered.Add(1, new KeyValuePair<string, object?>("setget.reason", reason));

    public void StrangerDropped(string reason) => _strangers.Add(1, new KeyValuePair<string, object?>("setget.reason", reason));

    /// <summary>What the queues hold; null while they do not say: then there is no measurement rather than an old one.</summary>
    public void Queue(QueueSizes? sizes) => Volatile.Write(ref _queue, sizes);

    // No measurement where messages wait of which this worker knows nothing.
    private IEnumerable<Measurement<double>> Age()
    {
        if (_oldest.Age() is { } age) return [new(age.TotalSeconds)];
        return Volatile.Read(ref _queue) is { Depth: 0, InFlight: 0 } ? [new(0)] : [];
    }

    private IEnumerable<Measurement<long>> Sizes(Func<QueueSizes, long> choose) => Volatile.Read(ref _queue) is { } sizes ? [new(choose(sizes))] : [];
}

/// <summary>How many messages there are, as SQS counts them: approximately.</summary>
/// <param name="Depth">In the events queue, to be received.</param>
/// <param name="InFlight">Of the events queue, received and not yet deleted.</param>
/// <param name="DeadLetters">In the dead-letter queue.</param>
internal sealed record QueueSizes(long Depth, long InFlight, long DeadLetters);
