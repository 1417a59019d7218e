using Microsoft.Extensions.Options;

namespace SetGet.Api.Set;

/// <summary>Where the queues are: the outputs of the CloudFormation stack, as an app host hands them on (<c>AWS:Resources</c>).</summary>
internal sealed class QueueOptions
{
    public const string Section = "AWS:Resources";

    public string EventsQueueUrl { get; set; } = "";

    public string DeadLetterQueueUrl { get; set; } = "";
}

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
}

/// <summary>Checks both at the start.</summary>
internal sealed class QueueOptionsValidator : IValidateOptions<QueueOptions>, IValidateOptions<SendOptions>
{
    public ValidateOptionsResult Validate(string? name, QueueOptions options)
    {
        var faults = new List<string>();
        CheckUrl(faults, nameof(QueueOptions.EventsQueueUrl), options.EventsQueueUrl);
        CheckUrl(faults, nameof(QueueOptions.DeadLetterQueueUrl), options.DeadLetterQueueUrl);
        return Result(faults);
    }

    public ValidateOptionsResult Validate(string? name, SendOptions options)
    {
        var faults = new List<string>();
        CheckRange(faults, nameof(SendOptions.Concurrency), options.Concurrency, 1, 64);
        CheckRange(faults, nameof(SendOptions.MaxWaiting), options.MaxWaiting, 10, 1_000_000);
        CheckRange(faults, nameof(SendOptions.TimeoutSeconds), options.TimeoutSeconds, 1, 60);
        return Result(faults);
    }

    private static void CheckUrl(List<string> faults, string key, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            faults.Add($"{QueueOptions.Section}:{key} must be the queue's URL, such as https://sqs.eu-central-1.amazonaws.com/123456789012/name; it is '{value}'.");
    }

    private static void CheckRange(List<string> faults, string key, int value, int minimum, int maximum)
    {
        if (value < minimum || value > maximum) faults.Add($"{SendOptions.Section}:{key} must be {minimum} to {maximum}; it is {value}.");
    }

    private static ValidateOptionsResult Result(List<string> faults) =>
        faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
}
