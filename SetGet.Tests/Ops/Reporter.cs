using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SetGet.Core.Accounts;
using SetGet.Core.Redis;
using SetGet.Core.Throughput;
using StackExchange.Redis;

namespace SetGet.Tests.Ops;

/// <summary>What one process has; without Redis, one that does not report.</summary>
internal sealed class Reporter
{
    private readonly ReportingService _service;
    private readonly Dictionary<ThroughputCounter, Counter<long>> _instruments;
    private readonly Histogram<double> _wait;

    public Reporter(ConnectionMultiplexer? redis, TimeProvider time)
    {
        Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var calls = new RedisCalls(redis!);
        Directory = new AccountDirectory(calls);
        Counters = new ThroughputCounters(Meters, new ThroughputStore(calls, time), time);
        _service = new ReportingService([Counters, Directory], time, NullLogger<ReportingService>.Instance);
        var meter = Meters.Create("test");
        _instruments = new()
        {
            [ThroughputCounter.Accepted] = meter.CreateCounter<long>("setget.events.accepted"),
            [ThroughputCounter.Stored] = meter.CreateCounter<long>("setget.events.stored"),
            [ThroughputCounter.Read] = meter.CreateCounter<long>("setget.events.taken"),
            [ThroughputCounter.DeadLettered] = meter.CreateCounter<long>("setget.events.dead_lettered"),
        };
        _wait = meter.CreateHistogram<double>("setget.queue.wait.duration");
    }

    public IMeterFactory Meters { get; }

    public ThroughputCounters Counters { get; }

    public AccountDirectory Directory { get; }

    public void Count(ThroughputCounter counter, long number = 1) => _instruments[counter].Add(number);

    public void Waited(TimeSpan wait) => _wait.Record(wait.TotalSeconds);

    public Task ReportAsync() => _service.ReportAsync(CancellationToken.None);
}
