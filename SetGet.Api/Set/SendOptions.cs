using Microsoft.Extensions.Options;

namespace SetGet.Api.Set;

/// <summary>How events are sent to the queue (<c>SetGet:Send</c>).</summary>
internal sealed class SendOptions
{
    public const string Section = "SetGet:Send";

    /// <summary>Batches on their way at once, 1 to 64.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>Events that may wait for a batch, 10 to 1,000,000; more are answered with 503.</summary>
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>Longest that a sender waits for the queue before it gets 503, in seconds, 1 to 60.</summary>
    public int TimeoutSeconds { get; set; } = 8;

    /// <summary>Of one call. The client fails soon rather than late: a sender waits, and is told to send again.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(3);
}

internal sealed class SendOptionsValidator : IValidateOptions<SendOptions>
{
    public ValidateOptionsResult Validate(string? name, SendOptions options)
    {
        var faults = new List<string>();
        CheckRange(nameof(options.Concurrency), options.Concurrency, 1, 64);
        CheckRange(nameof(options.MaxWaiting), options.MaxWaiting, 10, 1_000_000);
        CheckRange(nameof(options.TimeoutSeconds), options.TimeoutSeconds, 1, 60);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void CheckRange(string key, int value, int minimum, int maximum)
        {
            if (value < minimum || value > maximum) faults.Add($"{SendOptions.Section}:{key} must be {minimum} to {maximum}; it is {value}.");
        }
    }
}
