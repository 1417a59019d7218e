using System.Globalization;

namespace Sqs.Engine;

/// <summary>The settable attributes of a queue: the texts as they were given, and what the engine reads of them. Times are in seconds.</summary>
internal sealed class QueueSettings
{
    public const int MaximumMessageBytes = 1024 * 1024;
    public const int MaximumVisibilityTimeout = 43_200;
    private const string DefaultKeyReuse = "300";

    public QueueSettings(IReadOnlyDictionary<string, string> given)
    {
        Given = given;
        IsFifo = Truth("FifoQueue");
        DelaySeconds = Number("DelaySeconds", 0);
        MaximumMessageSize = Number("MaximumMessageSize", MaximumMessageBytes);
        RetentionSeconds = Number("MessageRetentionPeriod", 345_600);
        ReceiveWaitSeconds = Number("ReceiveMessageWaitTimeSeconds", 0);
        VisibilityTimeout = Number("VisibilityTimeout", 30);
        ContentBasedDeduplication = Truth("ContentBasedDeduplication");
        DeduplicatesByGroup = given.GetValueOrDefault("DeduplicationScope") == "messageGroup";
        Redrive = given.TryGetValue("RedrivePolicy", out var redrive) ? RedrivePolicy.Parse(redrive) : null;
        RedriveAllow = given.TryGetValue("RedriveAllowPolicy", out var allow) ? RedriveAllowPolicy.Parse(allow) : null;
    }

    /// <summary>The attributes that were set, by name. Empty texts, which remove an attribute, are not in it.</summary>
    public IReadOnlyDictionary<string, string> Given { get; }

    public bool IsFifo { get; }
    public int DelaySeconds { get; }
    public int MaximumMessageSize { get; }
    public int RetentionSeconds { get; }
    public int ReceiveWaitSeconds { get; }
    public int VisibilityTimeout { get; }
    public bool ContentBasedDeduplication { get; }
    public bool DeduplicatesByGroup { get; }
    public RedrivePolicy? Redrive { get; }
    public RedriveAllowPolicy? RedriveAllow { get; }

    /// <summary>These settings with others laid over them.</summary>
    public QueueSettings With(IReadOnlyDictionary<string, string> changes)
    {
        var merged = new Dictionary<string, string>(Given);
        foreach (var (name, value) in changes)
            if (value.Length == 0 || (name == "KmsDataKeyReusePeriodSeconds" && value == DefaultKeyReuse)) merged.Remove(name);
            else merged[name] = Normalized(name, value);
        // A queue is encrypted with SQS's own key or with one of KMS: naming one ends the other.
        if (changes.GetValueOrDefault("KmsMasterKeyId") is { Length: > 0 }) merged["SqsManagedSseEnabled"] = "false";
        else if (merged.GetValueOrDefault("SqsManagedSseEnabled") == "true") merged.Remove("KmsMasterKeyId");
        return new QueueSettings(merged);
    }

    private static string Normalized(string name, string value) => name switch
    {
        "FifoQueue" or "ContentBasedDeduplication" or "SqsManagedSseEnabled" => value.ToLowerInvariant(),
        "RedrivePolicy" => RedrivePolicy.Normalized(value),
        _ => value,
    };

    /// <summary>The value that a settable attribute has, set or by default; null where it has none.</summary>
    public string? Effective(string name) => Given.TryGetValue(name, out var value) ? value : name switch
    {
        "DelaySeconds" or "ReceiveMessageWaitTimeSeconds" => "0",
        "MaximumMessageSize" => MaximumMessageBytes.ToString(CultureInfo.InvariantCulture),
        "MessageRetentionPeriod" => "345600",
        "VisibilityTimeout" => "30",
        "SqsManagedSseEnabled" => Given.ContainsKey("KmsMasterKeyId") ? "false" : "true",
        "FifoQueue" => "false",
        "ContentBasedDeduplication" when IsFifo => "false",
        "DeduplicationScope" when IsFifo => "queue",
        "FifoThroughputLimit" when IsFifo => "perQueue",
        "KmsDataKeyReusePeriodSeconds" when Given.ContainsKey("KmsMasterKeyId") => DefaultKeyReuse,
        _ => null,
    };

    private int Number(string name, int otherwise) =>
        Given.TryGetValue(name, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private bool Truth(string name) => bool.TryParse(Given.GetValueOrDefault(name), out var value) && value;
}
