using Microsoft.Extensions.Options;

namespace SetGet.Core.Queues;

/// <summary>Where the queues are: the outputs of the CloudFormation stack, as an app host hands them on (<c>AWS:Resources</c>).</summary>
public sealed class QueueOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "AWS:Resources";

    /// <summary>URL of the queue that senders' events wait in.</summary>
    public string EventsQueueUrl { get; set; } = "";

    /// <summary>URL of the queue that events go to which cannot be stored.</summary>
    public string DeadLetterQueueUrl { get; set; } = "";
}

internal sealed class QueueOptionsValidator : IValidateOptions<QueueOptions>
{
    public ValidateOptionsResult Validate(string? name, QueueOptions options)
    {
        var errors = new List<string>();
        Check(nameof(options.EventsQueueUrl), options.EventsQueueUrl);
        Check(nameof(options.DeadLetterQueueUrl), options.DeadLetterQueueUrl);
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;

        void Check(string key, string value)
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                errors.Add($"{QueueOptions.Section}:{key} is '{value}': it must be the queue's URL, "
                    + "such as https://sqs.eu-central-1.amazonaws.com/123456789012/name.");
        }
    }
}
