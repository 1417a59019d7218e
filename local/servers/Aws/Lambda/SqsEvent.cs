using System.Text.Json.Nodes;

namespace Aws.Lambda;

/// <summary>The event that Lambda makes of received messages, and what it reads from the function's answer.</summary>
internal static class SqsEvent
{
    public static JsonObject Create(IEnumerable<JsonNode> messages, string queueArn) => new()
    {
        ["Records"] = new JsonArray([.. messages.Select(message => (JsonNode)Record(message, queueArn))]),
    };

    /// <summary>
    /// The ids of the messages that failed; null where the whole batch did: the answer is not JSON, or names a message that is
    /// not in the batch. No answer, or one without the list, is success.
    /// </summary>
    public static IReadOnlySet<string>? Failures(byte[] answer, IReadOnlySet<string> ids)
    {
        JsonNode? root;
        try
        {
            root = answer.Length == 0 ? null : JsonNode.Parse(answer);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }

        var failures = new HashSet<string>(StringComparer.Ordinal);
        if (root is not JsonObject document || document["batchItemFailures"] is not { } list) return failures;
        if (list is not JsonArray items) return null;
        foreach (var item in items)
        {
            if (item is not JsonObject failure || failure["itemIdentifier"] is not JsonValue value || !value.TryGetValue<string>(out var id)
                || !ids.Contains(id))
                return null;
            failures.Add(id);
        }

        return failures;
    }

    private static JsonObject Record(JsonNode message, string queueArn) => new()
    {
        ["messageId"] = message["MessageId"]!.DeepClone(),
        ["receiptHandle"] = message["ReceiptHandle"]!.DeepClone(),
        ["body"] = message["Body"]!.DeepClone(),
        ["attributes"] = message["Attributes"]?.DeepClone() ?? new JsonObject(),
        ["messageAttributes"] = Attributes(message["MessageAttributes"] as JsonObject),
        ["md5OfBody"] = message["MD5OfBody"]?.DeepClone(),
        ["eventSource"] = "aws:sqs",
        ["eventSourceARN"] = queueArn,
        ["awsRegion"] = queueArn.Split(':')[3],
    };

    private static JsonObject Attributes(JsonObject? attributes)
    {
        var result = new JsonObject();
        foreach (var (name, attribute) in attributes ?? [])
        {
            var record = new JsonObject
            {
                ["stringListValues"] = new JsonArray(),
                ["binaryListValues"] = new JsonArray(),
                ["dataType"] = attribute!["DataType"]?.DeepClone()
            };
            if (attribute["StringValue"] is { } text) record["stringValue"] = text.DeepClone();
            if (attribute["BinaryValue"] is { } bytes) record["binaryValue"] = bytes.DeepClone();
            result[name] = record;
        }

        return result;
    }
}
