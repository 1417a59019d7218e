using Microsoft.Extensions.Options;

namespace SetGet.Worker.Processing;

/// <summary>How the worker works (<c>SetGet:Worker</c>). Times are in seconds.</summary>
internal sealed class WorkerOptions
{
    public const string Section = "SetGet:Worker";

    /// <summary>Most batches that are received and stored at once, 1 to 64: as many as the queue fills. Default 8.</summary>
    public int Pollers { get; set; } = 8;

    /// <summary>Longest wait for messages in one call, 1 to 20. Default 20.</summary>
    public int WaitSeconds { get; set; } = 20;

    /// <summary>How long a received message is hidden from others, 3 to 43200. Default 30.</summary>
    public int VisibilitySeconds { get; set; } = 30;

    /// <summary>How often that is extended while a batch is in work. Default 10; at most half the visibility timeout less a second.</summary>
    public int HeartbeatSeconds { get; set; } = 10;

    /// <summary>After a fault that may pass, a message comes back after this, doubled with each receive. Default 2.</summary>
    public int RetrySeconds { get; set; } = 2;

    /// <summary>The longest of these delays, at most 43200. Default 600.</summary>
    public int MaxRetrySeconds { get; set; } = 600;

    /// <summary>How long the batch in hand may take once the process is told to stop, 1 to 60. Default 4.</summary>
    public int DrainSeconds { get; set; } = 4;
}

/// <summary>Times that depend on each other are checked together.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    private const int LongestVisibility = 43_200;

    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var faults = new List<string>();
        CheckRange(faults, nameof(options.Pollers), options.Pollers, 1, 64);
        CheckRange(faults, nameof(options.WaitSeconds), options.WaitSeconds, 1, 20);
        CheckRange(faults, nameof(options.VisibilitySeconds), options.VisibilitySeconds, 3, LongestVisibility);
        CheckRange(faults, nameof(options.RetrySeconds), options.RetrySeconds, 1, LongestVisibility);
        CheckRange(faults, nameof(options.DrainSeconds), options.DrainSeconds, 1, 60);
        CheckRange(faults, nameof(options.HeartbeatSeconds), options.HeartbeatSeconds, 1, LongestVisibility);
        CheckRange(faults, nameof(options.MaxRetrySeconds), options.MaxRetrySeconds, options.RetrySeconds, LongestVisibility);

        // Two heartbeats must fit, so that one that fails is no second delivery.
        if ((2 * options.HeartbeatSeconds) + 1 > options.VisibilitySeconds)
        {
            faults.Add($"{WorkerOptions.Section}:{nameof(options.HeartbeatSeconds)} is {options.HeartbeatSeconds}: twice that and a second must fit into "
                + $"{WorkerOptions.Section}:{nameof(options.VisibilitySeconds)} ({options.VisibilitySeconds}).");
        }

        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static void CheckRange(List<string> faults, string key, int value, int minimum, int maximum)
    {
        if (value < minimum || value > maximum) faults.Add($"{WorkerOptions.Section}:{key} is {value}: it must be {minimum} to {maximum}.");
    }
}
