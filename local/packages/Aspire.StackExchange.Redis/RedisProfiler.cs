using System.Collections.Concurrent;
using System.Diagnostics;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Groups a client's commands by the activity that sent them.</summary>
internal sealed class RedisProfiler(RedisTracing tracing, IConnectionMultiplexer multiplexer) : IProfiler
{
    /// <summary>Beyond this many activities between two drains, spans are left out rather than kept.</summary>
    private const int MaxScopes = 50_000;

    /// <summary>Drains after which an activity's commands are written even though it still runs.</summary>
    private const int MaxAge = 4;

    private readonly ConcurrentDictionary<Activity, Scope> _scopes = new();
    private int _count;

    /// <summary>Called by the client for every command, on the thread that sends it.</summary>
    public object? GetContext()
    {
        if (Activity.Current is not { Recorded: true } parent || !tracing.IsWanted)
            return null;
        if (_scopes.TryGetValue(parent, out var known))
            return known;
        return Volatile.Read(ref _count) < MaxScopes ? Begin(parent) : null;
    }

    internal void Drain(bool all)
    {
        foreach (var (parent, scope) in _scopes)
            if ((all || scope.IsDue(parent)) && _scopes.TryRemove(parent, out _))
                Finish(parent, scope);
    }

    private Scope Begin(Activity parent)
    {
        var scope = new Scope();
        // Known to the client before it can be found by another command of the same activity.
        multiplexer.BeginProfiling(scope);
        var winner = _scopes.GetOrAdd(parent, scope);
        if (ReferenceEquals(winner, scope))
            Interlocked.Increment(ref _count);
        else
            multiplexer.FinishProfiling(scope, allowCleanupSweep: false);
        return winner;
    }

    private void Finish(Activity parent, Scope scope)
    {
        Interlocked.Decrement(ref _count);
        foreach (var command in multiplexer.FinishProfiling(scope, allowCleanupSweep: false))
            RedisTracing.Write(parent, command);
    }

    /// <summary>The commands of one activity, for the client's profiler.</summary>
    private sealed class Scope
    {
        private int _age;
        private bool _wasStopped;

        /// <summary>True from the second drain after the activity's end on: by then the client has marked all commands as done.</summary>
        internal bool IsDue(Activity parent)
        {
            var due = _wasStopped || ++_age > MaxAge;
            _wasStopped = parent.IsStopped;
            return due;
        }
    }
}
