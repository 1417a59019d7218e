using System.Globalization;
using System.Text.Json;

namespace Sqs.Engine;

/// <summary>Where a message goes that was received <paramref name="MaxReceiveCount"/> times and not deleted.</summary>
internal sealed record RedrivePolicy(string TargetArn, int MaxReceiveCount)
{
    public const int MaximumReceives = 1000;

    /// <summary>The policy as SQS gives it back: as it was set, but for a count that was set as a string, as CloudFormation does.</summary>
    public static string Normalized(string text)
    {
        var policy = Parse(text);
        if (PolicyJson.Parse(text, "RedrivePolicy", "").IsNumber("maxReceiveCount")) return text;
        return $$"""{"deadLetterTargetArn":"{{JsonEncodedText.Encode(policy.TargetArn)}}","maxReceiveCount":{{policy.MaxReceiveCount}}}""";
    }

    /// <exception cref="SqsException">With SQS's reason.</exception>
    public static RedrivePolicy Parse(string text)
    {
        var policy = PolicyJson.Parse(text, "RedrivePolicy", "Redrive policy is not a valid JSON map.");
        var target = policy.Text("deadLetterTargetArn")
            ?? throw policy.Invalid("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        var count = policy.Text("maxReceiveCount")
            ?? throw policy.Invalid("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
        return int.TryParse(count, CultureInfo.InvariantCulture, out var maximum) && maximum is >= 1 and <= MaximumReceives
            ? new RedrivePolicy(target, maximum)
            : throw policy.Invalid($"Invalid value for maxReceiveCount: {count}, valid values are from 1 to {MaximumReceives} both inclusive.");
    }
}

/// <summary>Which queues may name this one as their dead-letter queue.</summary>
/// <param name="Permission"><c>allowAll</c>, <c>denyAll</c> or <c>byQueue</c>.</param>
/// <param name="SourceArns">The queues, for <c>byQueue</c>.</param>
internal sealed record RedriveAllowPolicy(string Permission, string[] SourceArns)
{
    private const int MaximumSources = 10;

    /// <exception cref="SqsException">With SQS's reason.</exception>
    public static RedriveAllowPolicy Parse(string text)
    {
        var policy = PolicyJson.Parse(text, "RedriveAllowPolicy", "Amazon SQS can't create the redrive allow policy, as it\u2019s in an unsupported format.");
        var permission = policy.Text("redrivePermission")
            ?? throw policy.Invalid("Amazon SQS can't create the redrive allow policy, as it\u2019s in an unsupported format.");
        var sources = policy.Texts("sourceQueueArns");
        return (permission, sources.Length) switch
        {
            ("allowAll" or "denyAll", 0) => new RedriveAllowPolicy(permission, sources),
            ("allowAll" or "denyAll", _) => throw policy.Invalid("Amazon SQS can't create the redrive allow policy, as it\u2019s in an unsupported format."),
            ("byQueue", 0) => throw policy.Invalid("Amazon SQS can't create the redrive allow policy. You must list at least one source queue."),
            ("byQueue", <= MaximumSources) => new RedriveAllowPolicy(permission, sources),
            ("byQueue", _) => throw policy.Invalid("Amazon SQS can't create the redrive allow policy. The number of source queues is more than the limit of 10."),
            _ => throw policy.Invalid($"Invalid value for redrivePermission: {permission}, valid values are allowAll, denyAll and byQueue."),
        };
    }

    public bool Allows(string sourceArn) =>
        Permission == "allowAll" || (Permission == "byQueue" && SourceArns.Contains(sourceArn, StringComparer.Ordinal));
}

/// <summary>A policy's JSON object, read leniently: SQS takes numbers as strings and strings as numbers.</summary>
internal sealed class PolicyJson
{
    private readonly string _text;
    private readonly string _parameter;
    private readonly Dictionary<string, JsonElement> _members;

    private PolicyJson(string text, string parameter, Dictionary<string, JsonElement> members)
    {
        _text = text;
        _parameter = parameter;
        _members = members;
    }

    public static PolicyJson Parse(string text, string parameter, string reasonIfNotAMap)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw SqsException.Invalid(text, parameter, reasonIfNotAMap);
            var members = new Dictionary<string, JsonElement>();
            foreach (var member in document.RootElement.EnumerateObject()) members[member.Name] = member.Value.Clone();
            return new PolicyJson(text, parameter, members);
        }
        catch (JsonException)
        {
            throw SqsException.Invalid(text, parameter, reasonIfNotAMap);
        }
    }

    public string? Text(string name) => !_members.TryGetValue(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };

    public bool IsNumber(string name) => _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number;

    public string[] Texts(string name) => _members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(item => item.ToString())] : [];

    public SqsException Invalid(string reason) => SqsException.Invalid(_text, _parameter, reason);
}
