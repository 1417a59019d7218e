using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway;

namespace Aws.Lambda;

/// <summary>The queue of an event source mapping, through SQS's JSON protocol.</summary>
internal sealed class SourceQueue(ServiceCall sqs, string url)
{
    /// <summary>The queue's ARN and visibility timeout.</summary>
    public async Task<(string Arn, TimeSpan VisibilityTimeout)> DescribeAsync(CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("QueueArn", "VisibilityTimeout") };
        var attributes = (await CallAsync("GetQueueAttributes", request, cancellationToken))["Attributes"]!;
        var seconds = int.Parse(attributes["VisibilityTimeout"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        return (attributes["QueueArn"]!.GetValue<string>(), TimeSpan.FromSeconds(seconds));
    }

    /// <summary>At most ten messages with everything that SQS knows of them; none where none came in twenty seconds.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReceiveAsync(int maximum, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["QueueUrl"] = url,
            ["MaxNumberOfMessages"] = maximum,
            ["WaitTimeSeconds"] = 20,
            ["AttributeNames"] = new JsonArray("All"),
            ["MessageAttributeNames"] = new JsonArray("All"),
        };
        return (await CallAsync("ReceiveMessage", request, cancellationToken))["Messages"] is JsonArray messages ? [.. messages.Select(each => each!)] : [];
    }

    public async Task DeleteAsync(IEnumerable<string> receiptHandles, CancellationToken cancellationToken)
    {
        JsonNode[] entries = [.. receiptHandles.Select((handle, index) => new JsonObject { ["Id"] = $"{index}", ["ReceiptHandle"] = handle })];
        if (entries.Length > 0)
            await CallAsync("DeleteMessageBatch", new JsonObject { ["QueueUrl"] = url, ["Entries"] = new JsonArray(entries) }, cancellationToken);
    }

    private async Task<JsonNode> CallAsync(string action, JsonObject request, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Amz-Target"] = "AmazonSQS." + action,
            ["Content-Type"] = "application/x-amz-json-1.0",
        };
        var reply = await sqs(new ServiceRequest("POST", "/", "", headers, JsonSerializer.SerializeToUtf8Bytes(request)), cancellationToken);
        var answer = reply.Body.Length == 0 ? new JsonObject() : JsonNode.Parse(reply.Body) ?? new JsonObject();
        return reply.Status == 200 ? answer : throw new LambdaException($"SQS refused {action} on {url}: {answer["message"]}");
    }
}
