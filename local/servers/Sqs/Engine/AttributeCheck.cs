using System.Globalization;

namespace Sqs.Engine;

/// <summary>Checks the attributes that a queue is created with or set to. To add an attribute, give it a line in <see cref="Rules"/>.</summary>
internal static class AttributeCheck
{
    private static readonly Dictionary<string, AttributeRule> Rules = new()
    {
        ["DelaySeconds"] = new(Range(0, 900), "0"),
        ["MaximumMessageSize"] = new(Range(1024, QueueSettings.MaximumMessageBytes), $"{QueueSettings.MaximumMessageBytes}"),
        ["MessageRetentionPeriod"] = new(Range(60, 1_209_600), "345600"),
        ["ReceiveMessageWaitTimeSeconds"] = new(Range(0, 20), "0"),
        ["VisibilityTimeout"] = new(Range(0, QueueSettings.MaximumVisibilityTimeout), "30"),
        ["KmsDataKeyReusePeriodSeconds"] = new(Range(60, 86_400)),
        ["KmsMasterKeyId"] = new(static _ => true),
        ["SqsManagedSseEnabled"] = new(IsTruth),
        ["FifoQueue"] = new(IsTruth, "false"),
        ["ContentBasedDeduplication"] = new(IsTruth, FifoDefault: "false"),
        ["DeduplicationScope"] = new(static value => value is "messageGroup" or "queue", FifoDefault: "queue"),
        ["FifoThroughputLimit"] = new(static value => value is "perQueue" or "perMessageGroupId", FifoDefault: "perQueue"),
        ["Policy"] = new(static value => PolicyJson.Parse(value) is not null),
        ["RedrivePolicy"] = new(static _ => true),
        ["RedriveAllowPolicy"] = new(static _ => true),
    };

    private static readonly string[] FifoOnly = ["DeduplicationScope", "FifoThroughputLimit"];

    /// <summary>Attributes that SQS computes: they are read, never set.</summary>
    public static IReadOnlyDictionary<string, Func<SqsQueue, string>> Computed { get; } = new Dictionary<string, Func<SqsQueue, string>>
    {
        ["ApproximateNumberOfMessages"] = queue => Text(queue.Messages.Visible),
        ["ApproximateNumberOfMessagesNotVisible"] = queue => Text(queue.Messages.InFlight),
        ["ApproximateNumberOfMessagesDelayed"] = queue => Text(queue.Messages.Delayed),
        ["CreatedTimestamp"] = queue => Text(queue.CreatedAt / 1000),
        ["LastModifiedTimestamp"] = queue => Text(queue.ModifiedAt / 1000),
        ["QueueArn"] = queue => queue.Arn,
    };

    /// <summary>All attributes that a queue can have set.</summary>
    public static IReadOnlyCollection<string> Settable => Rules.Keys;

    public static bool IsKnown(string name) => Rules.ContainsKey(name) || Computed.ContainsKey(name);

    /// <summary>What a settable attribute is where nobody has set it; null for nothing.</summary>
    public static string? Default(string name, bool isFifo)
        => Rules.GetValueOrDefault(name) is { } rule ? (isFifo ? rule.FifoDefault ?? rule.Default : rule.Default) : null;

    /// <exception cref="SqsException">An attribute is unknown, or its value is none that SQS takes.</exception>
    public static void Check(SqsEngine engine, SqsQueue? existing, string arn, bool isFifo, IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (!Rules.TryGetValue(name, out var rule) || (!isFifo && name == "ContentBasedDeduplication")
                || (existing is { IsFifo: false } && name == "FifoQueue"))
                throw SqsError.InvalidAttributeName.With($"Unknown Attribute {name}.");
            if (existing is not null && name == "FifoQueue" && !value.Equals("true", StringComparison.OrdinalIgnoreCase))
                throw SqsError.InvalidAttributeValue.With("Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.");
            if (!isFifo && FifoOnly.Contains(name, StringComparer.Ordinal))
                throw SqsError.InvalidAttributeName.With($"You can specify the {name} only when FifoQueue is set to true.");
            if (value.Length > 0 && !rule.IsValid(value))
                throw SqsError.InvalidAttributeValue.With($"Invalid value for the parameter {name}.");
        }

        var merged = (existing?.Settings ?? new QueueSettings(new Dictionary<string, string>())).With(attributes);
        if (attributes.GetValueOrDefault("RedrivePolicy") is { Length: > 0 } text)
            CheckRedrive(engine, merged.Redrive!, text, arn, isFifo);
        if (merged.Given.GetValueOrDefault("FifoThroughputLimit") == "perMessageGroupId" && !merged.DeduplicatesByGroup)
            throw SqsError.InvalidAttributeValue.With("The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.");
    }

    private static void CheckRedrive(SqsEngine engine, RedrivePolicy policy, string text, string arn, bool isFifo)
    {
        var target = engine.State.FindByArn(policy.TargetArn);
        // It is looked for beside the source: in the same account and region.
        if (target is null || !arn.StartsWith(target.Account.Arn(""), StringComparison.Ordinal))
            throw SqsException.Invalid(text, "RedrivePolicy", "Dead letter target does not exist.");
        if (target.IsFifo != isFifo)
            throw SqsException.Invalid(text, "RedrivePolicy", "Dead-letter queue must be same type of queue as the source.");
        if (target.Settings.RedriveAllow?.Allows(arn) == false)
            throw SqsException.Invalid(text, "RedrivePolicy", "The dead-letter queue's redrive allow policy does not allow this source queue.");
    }

    private static Func<string, bool> Range(int minimum, int maximum) => text
        => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum;

    private static bool IsTruth(string value) => bool.TryParse(value, out _);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <param name="IsValid">Whether SQS takes a value; an empty one, which removes the attribute, it takes always.</param>
    /// <param name="Default">The value without one; null for none.</param>
    /// <param name="FifoDefault">The same on FIFO queues, where it differs.</param>
    private sealed record AttributeRule(Func<string, bool> IsValid, string? Default = null, string? FifoDefault = null);
}

/// <summary>The settable attributes of a queue: the texts as they were given, and what the engine reads of them. Times are in seconds.</summary>
internal sealed class QueueSettings(IReadOnlyDictionary<string, string> given)
{
    public const int MaximumMessageBytes = 1024 * 1024;
    public const int MaximumVisibilityTimeout = 43_200;
    private const string DefaultKeyReuse = "300";

    /// <summary>The attributes that were set, by name. Empty texts, which remove an attribute, are not in it.</summary>
    public IReadOnlyDictionary<string, string> Given { get; } = given;

    public bool IsFifo { get; } = Truth(given, "FifoQueue");
    public int DelaySeconds { get; } = Number(given, "DelaySeconds");
    public int MaximumMessageSize { get; } = Number(given, "MaximumMessageSize");
    public int RetentionSeconds { get; } = Number(given, "MessageRetentionPeriod");
    public int ReceiveWaitSeconds { get; } = Number(given, "ReceiveMessageWaitTimeSeconds");
    public int VisibilityTimeout { get; } = Number(given, "VisibilityTimeout");
    public bool ContentBasedDeduplication { get; } = Truth(given, "ContentBasedDeduplication");
    public bool DeduplicatesByGroup { get; } = given.GetValueOrDefault("DeduplicationScope") == "messageGroup";
    public RedrivePolicy? Redrive { get; } = given.TryGetValue("RedrivePolicy", out var policy) ? RedrivePolicy.Parse(policy) : null;
    public RedriveAllowPolicy? RedriveAllow { get; } = given.TryGetValue("RedriveAllowPolicy", out var policy) ? RedriveAllowPolicy.Parse(policy) : null;

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
        "SqsManagedSseEnabled" => Given.ContainsKey("KmsMasterKeyId") ? "false" : "true",
        "KmsDataKeyReusePeriodSeconds" => Given.ContainsKey("KmsMasterKeyId") ? DefaultKeyReuse : null,
        _ => AttributeCheck.Default(name, IsFifo),
    };

    /// <summary>A number has one default for all queues.</summary>
    private static int Number(IReadOnlyDictionary<string, string> given, string name)
        => int.Parse(given.GetValueOrDefault(name) ?? AttributeCheck.Default(name, isFifo: false)!, CultureInfo.InvariantCulture);

    private static bool Truth(IReadOnlyDictionary<string, string> given, string name) => bool.TryParse(given.GetValueOrDefault(name), out var value) && value;
}
