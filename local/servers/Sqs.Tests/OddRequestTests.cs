using System.Text;
using System.Text.Json.Nodes;

namespace Sqs.Tests;

/// <summary>Requests of the wrong form get an error of SQS, never one of the server.</summary>
public class OddRequestTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] Odd =
    [
        "null", "-1", "1e300", "100000000000000000000", "\"\"", "\"\\ud83d\"", "\"\\u0000\"", "[]", "[null]", "[{}]", "{}", "{\"a\":null}",
        "{\"a\":{\"DataType\":1}}", "{\"x\":{\"DataType\":\"Binary\",\"BinaryValue\":\"!!\"}}", "true", "[{\"Id\":\"a\"},{\"Id\":\"a\"}]",
    ];

    private static readonly string[] Members =
    [
        "QueueUrl", "QueueName", "Attributes", "tags", "TagKeys", "AttributeNames", "MessageBody", "MessageAttributes", "MessageSystemAttributes",
        "DelaySeconds", "MessageGroupId", "Entries", "ReceiptHandle", "VisibilityTimeout", "MaxResults", "NextToken", "SourceArn", "TaskHandle",
    ];

    public static TheoryData<string> Operations { get; } = new(
        "AddPermission", "CancelMessageMoveTask", "ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "CreateQueue", "DeleteMessage",
        "DeleteMessageBatch", "DeleteQueue", "GetQueueAttributes", "GetQueueUrl", "ListDeadLetterSourceQueues", "ListMessageMoveTasks",
        "ListQueueTags", "ListQueues", "PurgeQueue", "ReceiveMessage", "RemovePermission", "SendMessage", "SendMessageBatch",
        "SetQueueAttributes", "StartMessageMoveTask", "TagQueue", "UntagQueue");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task OddMember_IsTakenOrRefusedBySqs(string operation)
    {
        var url = await server.CreateAsync();
        foreach (var member in Members)
            foreach (var odd in Odd) await CheckAsync(operation, $"{{\"QueueUrl\":\"{url}\",\"{member}\":{odd}}}");
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task OddText_IsTakenOrRefusedBySqs(string operation)
    {
        foreach (var text in (string[])["", "{", "[]", "null", "\"x\"", "{\"QueueUrl\":", "{}{}", string.Concat(Enumerable.Repeat("{\"a\":", 100))])
            await CheckAsync(operation, text);
    }

    private async Task CheckAsync(string operation, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent(text, Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS." + operation);
        using var response = await server.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode < 500, $"{operation} {text}: {response.StatusCode} {body}");
        Assert.IsType<JsonObject>(JsonNode.Parse(body));
    }
}
