namespace SetGet.Benchmarks.Simulate;

/// <summary>The tasks of the worker, and what the rules make of their number. Time is in seconds, and virtual.</summary>
/// <param name="rules">The template's, or others to compare with.</param>
/// <param name="startSeconds">From the decision to a task that takes messages.</param>
internal sealed class Fleet(ScalingRules rules, int startSeconds)
{
    private readonly TargetTracking? _backlog = rules.BacklogPerTask is { } target ? new TargetTracking(target) : null;
    private readonly TargetTracking? _cpu = rules.CpuPercent is { } target ? new TargetTracking(target) : null;
    private readonly Queue<(int At, int Tasks)> _starting = new();
    private int _wanted = rules.MinTasks;
    private int _lastOut = int.MinValue / 2;
    private int _last = int.MinValue / 2;

    /// <summary>Those that take messages.</summary>
    internal int Running { get; private set; } = rules.MinTasks;

    internal void Tick(int second)
    {
        while (_starting.TryPeek(out var next) && next.At <= second) Running = Math.Max(Running, _starting.Dequeue().Tasks);
    }

    /// <summary>A minute is over: its averages are known, and the rules look at them.</summary>
    internal void EndMinute(int second, double waiting, double cpuPercent)
    {
        _backlog?.Add(waiting / Running);
        _cpu?.Add(cpuPercent);
        int?[] wishes = [_backlog?.Wanted(Running), _cpu?.Wanted(Running)];
        var wanted = Math.Clamp(wishes.Max() ?? _wanted, rules.MinTasks, rules.MaxTasks);
        if (wanted > _wanted && second - _lastOut >= rules.OutSeconds)
        {
            _starting.Enqueue((second + startSeconds, wanted));
            (_wanted, _lastOut, _last) = (wanted, second, second);
        }
        // In only where every rule agrees.
        else if (wanted < _wanted && wishes.Where((_, i) => i == 0 ? _backlog is not null : _cpu is not null).All(wish => wish <= wanted)
            && second - _last >= rules.InSeconds)
        {
            _starting.Clear();
            (_wanted, _last, Running) = (wanted, second, wanted);
        }
    }
}
