using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>
/// Turns the commands that the clients profile into spans. Not when a command ends but a moment later, by a timer: the
/// client marks a command as done only after its caller goes on, and the caller has better things to do.
/// </summary>
internal sealed class RedisTracing(TimeProvider? timeProvider = null) : BackgroundService
{
    /// <summary>The name that OpenTelemetry's own instrumentation of the client has: listeners need not know which is there.</summary>
    internal const string SourceName = "OpenTelemetry.Instrumentation.StackExchangeRedis";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentQueue<RedisProfiler> _profilers = new();
    private volatile bool _running;

    /// <summary>Spans are wanted, and somebody will collect them.</summary>
    internal bool IsWanted => _running && Source.HasListeners();

    internal void Attach(IConnectionMultiplexer multiplexer)
    {
        var profiler = new RedisProfiler(this, multiplexer);
        _profilers.Enqueue(profiler);
        multiplexer.RegisterProfiler(profiler);
    }

    internal void Drain(bool all)
    {
        foreach (var profiler in _profilers)
            profiler.Drain(all);
    }

    internal static void Write(Activity parent, IProfiledCommand command)
    {
        var start = new DateTimeOffset(command.CommandCreated.Ticks, TimeSpan.Zero);
        using var span = Source.StartActivity(ActivityKind.Client, parent.Context, startTime: start, name: command.Command);
        if (span is null)
            return;
        if (span.IsAllDataRequested)
            Describe(span, command);
        span.SetEndTime((start + command.ElapsedTime).UtcDateTime);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, timeProvider ?? TimeProvider.System);
        _running = true;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Drain(all: false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: what is left is written now, before telemetry is flushed.
        }

        _running = false;
        Drain(all: true);
    }

    private static void Describe(Activity span, IProfiledCommand command)
    {
        span.SetTag("db.system.name", "redis");
        span.SetTag("db.operation.name", command.Command);
        span.SetTag("db.namespace", command.Db >= 0 ? command.Db.ToString() : null);
        if (command.EndPoint is null)
            return;
        var server = RedisEndPoint.Of(command.EndPoint);
        span.SetTag("server.address", server.Host);
        span.SetTag("server.port", server.Port);
    }
}
