using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace SetGet.Api.Telemetry;

/// <summary>
/// What the API counts and measures: the meter <c>SetGet.Api</c>. To add an instrument: a field, its unit and description, a method per event.
/// </summary>
internal sealed class ApiMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    };

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _reads;
    private readonly Counter<long> _taken;
    private readonly UpDownCounter<long> _waiting;
    private readonly Histogram<double> _accept;
    private readonly Histogram<double> _get;
    private readonly Histogram<int> _batch;
    private StrongBox<long>? _liveKeys;

    public ApiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ApiActivities.Name);
        _accepted = meter.CreateCounter<long>("setget.events.accepted", "{event}", "Events that were answered with 202");
        _rejected = meter.CreateCounter<long>("setget.events.rejected", "{event}", "Events that were not accepted, by the kind of problem");
        _reads = meter.CreateCounter<long>("setget.reads", "{read}", "Reads of webhook keys, by whether there was an event");
        _taken = meter.CreateCounter<long>("setget.events.taken", "{event}", "Events that were taken off their webhook key");
        _waiting = meter.CreateUpDownCounter<long>("setget.waiters", "{request}", "Requests that wait for an event");
        _accept = meter.CreateHistogram("setget.accept.duration", "s", "From an event's arrival until the queue has it", advice: Seconds);
        _get = meter.CreateHistogram("setget.get.duration", "s", "Reading the newest event of a webhook key, without waiting for one", advice: Seconds);
        meter.CreateObservableGauge(
            "setget.keys.live", Keys, "{key}",
                "Webhook keys of all accounts that have an event; every API process says the same. Expired ones leave with their minute, or hour "
                    + "where they lived for more than a day");
        _batch = meter.CreateHistogram<int>("setget.send.batch.size", "{event}", "Events that were sent to the queue in one call");
    }

    public void Accepted(string route, TimeSpan duration)
    {
        _accepted.Add(1, new KeyValuePair<string, object?>("setget.route", route));
        _accept.Record(duration.TotalSeconds);
    }

    public void Rejected(string problem) => _rejected.Add(1, new KeyValuePair<string, object?>("setget.problem", problem));

    public void Read(bool found, long count = 1) => _reads.Add(count, new KeyValuePair<string, object?>("setget.found", found));

    public void NewestRead(TimeSpan duration) => _get.Record(duration.TotalSeconds);

    public void Taken(int count, bool leased) => _taken.Add(count, new KeyValuePair<string, object?>("setget.leased", leased));

    /// <summary>How many webhook keys have an event; null while Redis does not say: then there is no measurement rather than an old one.</summary>
    public void LiveKeys(long? count) => Volatile.Write(ref _liveKeys, count is { } known ? new StrongBox<long>(known) : null);

    public void BatchSent(int count) => _batch.Record(count);

    /// <summary>Counts a waiting request until the result is disposed.</summary>
    public Waiting Wait() => new(_waiting);

    private IEnumerable<Measurement<long>> Keys() => Volatile.Read(ref _liveKeys) is { } count ? [new(count.Value)] : [];

    internal readonly struct Waiting : IDisposable
    {
        private readonly UpDownCounter<long> _counter;

        public Waiting(UpDownCounter<long> counter)
        {
            _counter = counter;
            counter.Add(1);
        }

        public void Dispose() => _counter.Add(-1);
    }
}
