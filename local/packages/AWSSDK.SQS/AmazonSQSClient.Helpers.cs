using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime.SharedInterfaces;

namespace Amazon.SQS;

/// <content>What other services of the SDK, and S3 notifications, want of a queue.</content>
public partial class AmazonSQSClient
{
    async Task<Dictionary<string, string>> ICoreAmazonSQS.GetAttributesAsync(string queueUrl)
    {
        var response = await GetQueueAttributesAsync(queueUrl, [QueueAttributeName.All]);
        return response.Attributes ?? [];
    }

    Task ICoreAmazonSQS.SetAttributesAsync(string queueUrl, Dictionary<string, string> attributes) =>
        SetQueueAttributesAsync(queueUrl, attributes);

    public async Task<string> AuthorizeS3ToSendMessageAsync(string queueUrl, string bucket)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        var attributes = await GetQueueAttributesAsync(queueUrl, [QueueAttributeName.QueueArn, QueueAttributeName.Policy]);
        var queueArn = attributes.QueueARN ?? throw new AmazonSQSException("The service states no ARN for the queue.");
        var bucketArn = $"arn:aws:s3:*:*:{bucket}";
        var policy = attributes.Policy is { Length: > 0 } text ? JsonNode.Parse(text)!.AsObject() : NewPolicy();
        var statements = policy["Statement"] as JsonArray;
        if (statements is null)
            policy["Statement"] = statements = policy["Statement"] is { } single ? [single.DeepClone()] : [];
        if (!statements.Any(statement => Allows(statement, bucketArn)))
        {
            statements.Add(Statement(queueArn, bucketArn));
            await SetQueueAttributesAsync(queueUrl, new() { [QueueAttributeName.Policy] = policy.ToJsonString() });
        }

        return queueArn;
    }

    private static JsonObject NewPolicy() => new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray() };

    private static JsonObject Statement(string queueArn, string bucketArn) => new()
    {
        ["Sid"] = "s3-" + Guid.NewGuid().ToString("N"),
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["Service"] = "s3.amazonaws.com" },
        ["Action"] = "sqs:SendMessage",
        ["Resource"] = queueArn,
        ["Condition"] = new JsonObject { ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = bucketArn } },
    };

    private static bool Allows(JsonNode? statement, string bucketArn) =>
        statement?["Condition"]?["ArnLike"]?["aws:SourceArn"] is JsonValue value
        && value.GetValueKind() == JsonValueKind.String
        && value.GetValue<string>() == bucketArn;
}
