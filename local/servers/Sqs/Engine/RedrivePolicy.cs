using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sqs.Engine;

/// <summary>Where a message goes that was received <paramref name="MaxReceiveCount"/> times and not deleted.</summary>
internal sealed record RedrivePolicy(string TargetArn, int MaxReceiveCount)
{
    private const int MaximumReceives = 1000;

    /// <summary>The policy as SQS gives it back: as it was set, but for a count that was set as a string, as CloudFormation does.</summary>
    public static string Normalized(string text)
    {
        var policy = Parse(text);
        if (PolicyJson.Parse(text)!["maxReceiveCount"]!.GetValueKind() == JsonValueKind.Number) return text;
        return $$"""{"deadLetterTargetArn":"{{JsonEncodedText.Encode(policy.TargetArn)}}","maxReceiveCount":{{policy.MaxReceiveCount}}}""";
    }

    /// <exception cref="SqsException">With SQS's reason.</exception>
    public static RedrivePolicy Parse(string text)
    {
        var policy = PolicyJson.Parse(text) ?? throw Invalid("Redrive policy is not a valid JSON map.");
        var target = policy.Text("deadLetterTargetArn") ?? throw Invalid("Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
        var count = policy.Text("maxReceiveCount") ?? throw Invalid("Redrive policy does not contain mandatory attribute: maxReceiveCount.");
        return int.TryParse(count, CultureInfo.InvariantCulture, out var maximum) && maximum is >= 1 and <= MaximumReceives
            ? new RedrivePolicy(target, maximum)
            : throw Invalid($"Invalid value for maxReceiveCount: {count}, valid values are from 1 to {MaximumReceives} both inclusive.");
        SqsException Invalid(string reason) => SqsException.Invalid(text, "RedrivePolicy", reason);
    }
}

/// <summary>Which queues may name this one as their dead-letter queue.</summary>
/// <param name="Permission"><c>allowAll</c>, <c>denyAll</c> or <c>byQueue</c>.</param>
/// <param name="SourceArns">The queues, for <c>byQueue</c>.</param>
internal sealed record RedriveAllowPolicy(string Permission, string[] SourceArns)
{
    private const int MaximumSources = 10;
    private const string Refusal = "Amazon SQS can't create the redrive allow policy";

    /// <exception cref="SqsException">With SQS's reason.</exception>
    public static RedriveAllowPolicy Parse(string text)
    {
        var policy = PolicyJson.Parse(text);
        var permission = policy?.Text("redrivePermission");
        string[] sources = policy?["sourceQueueArns"] is JsonArray arns ? [.. arns.Select(arn => arn?.ToString() ?? "")] : [];
        return (permission, sources.Length) switch
        {
            ("allowAll" or "denyAll", 0) or ("byQueue", > 0 and <= MaximumSources) => new RedriveAllowPolicy(permission, sources),
            (null or "allowAll" or "denyAll", _) => throw Invalid($"{Refusal}, as it\u2019s in an unsupported format."),
            ("byQueue", 0) => throw Invalid($"{Refusal}. You must list at least one source queue."),
            ("byQueue", _) => throw Invalid($"{Refusal}. The number of source queues is more than the limit of {MaximumSources}."),
            _ => throw Invalid($"Invalid value for redrivePermission: {permission}, valid values are allowAll, denyAll and byQueue."),
        };
        SqsException Invalid(string reason) => SqsException.Invalid(text, "RedriveAllowPolicy", reason);
    }

    public bool Allows(string sourceArn)
        => Permission == "allowAll" || (Permission == "byQueue" && SourceArns.Contains(sourceArn, StringComparer.Ordinal));
}

/// <summary>A policy's JSON object, read leniently: SQS takes numbers as strings and strings as numbers.</summary>
internal static class PolicyJson
{
    /// <summary>Null where the text is no JSON object.</summary>
    public static JsonObject? Parse(string text)
    {
        try
        {
            var policy = JsonNode.Parse(text) as JsonObject;
            // Members are read lazily: one that is there twice would be found later.
            _ = policy?.Count;
            return policy;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    public static string? Text(this JsonObject policy, string name) => policy[name]?.ToString();
}
