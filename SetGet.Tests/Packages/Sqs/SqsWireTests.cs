using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using static SetGet.Tests.Packages.Sqs.ScriptedSqs;

namespace SetGet.Tests.Packages.Sqs;

public sealed class SqsWireTests
{
    private const string Queue = "http://localhost/000000000000/q";

    [Fact]
    public async Task SendMessage_AllMembers_IsSignedJsonProtocol()
    {
        await using var sqs = await StartAsync(new Answer("""{"MessageId":"m","MD5OfMessageBody":"6b86b273ff34fce19d6b804eff5a3f57","Unknown":[{"a":1}]}"""));
        using var client = sqs.Client(c => c.AuthenticationRegion = "eu-west-1");
        await Assert.ThrowsAsync<AmazonSQSException>(() => client.SendMessageAsync(new()
        {
            QueueUrl = Queue,
            MessageBody = "1 \"é\" \U0001F600",
            DelaySeconds = 0,
            MessageGroupId = "acme",
            MessageAttributes = new() { ["b"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2, 3]) } },
        }));
        var request = Assert.Single(sqs.Requests);
        Assert.Equal(("POST", "/"), (request.Method, request.Path));
        Assert.Equal("AmazonSQS.SendMessage", request.Headers["X-Amz-Target"]);
        Assert.Equal("application/x-amz-json-1.0", request.Headers["Content-Type"]);
        Assert.Matches("^AWS4-HMAC-SHA256 Credential=id/[0-9]{8}/eu-west-1/sqs/aws4_request, SignedHeaders=", request.Headers["Authorization"]);
        Assert.Equal("1 \"é\" \U0001F600", (string?)request.Json["MessageBody"]);
        Assert.Equal(0, (int?)request.Json["DelaySeconds"]);
        Assert.Equal("AQID", (string?)request.Json["MessageAttributes"]!["b"]!["BinaryValue"]);
        Assert.Null(request.Json["MessageDeduplicationId"]);
    }

    [Fact]
    public async Task ReceiveMessage_Full_ReadsEveryMember()
    {
        await using var sqs = await StartAsync(new Answer("""
            {"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"hello","MD5OfBody":"5d41402abc4b2a76b9719d911017c592",
              "Attributes":{"ApproximateReceiveCount":"2"},
              "MessageAttributes":{"n":{"DataType":"Number","StringValue":"1"},"b":{"DataType":"Binary","BinaryValue":"AQID"}}}]}
            """));
        using var client = sqs.Client();
        var response = await client.ReceiveMessageAsync(new ReceiveMessageRequest(Queue)
        {
            MaxNumberOfMessages = 10,
            WaitTimeSeconds = 20,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = [MessageSystemAttributeName.All],
        });
        var message = Assert.Single(response.Messages!);
        Assert.Equal(("m", "r", "hello"), (message.MessageId, message.ReceiptHandle, message.Body));
        Assert.Equal("2", message.Attributes!["ApproximateReceiveCount"]);
        Assert.Equal("1", message.MessageAttributes!["n"].StringValue);
        Assert.Equal([1, 2, 3], message.MessageAttributes["b"].BinaryValue!.ToArray());
        Assert.Equal("request-1", response.ResponseMetadata.RequestId);
        Assert.Equal("""{"QueueUrl":"http://localhost/000000000000/q","MaxNumberOfMessages":10,"WaitTimeSeconds":20,"MessageSystemAttributeNames":["All"],"MessageAttributeNames":["All"]}""", sqs.Requests.Single().Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"Messages":null}""")]
    public async Task ReceiveMessage_Empty_HasNullList(string body)
    {
        await using var sqs = await StartAsync(new Answer(body));
        using var client = sqs.Client();
        Assert.Null((await client.ReceiveMessageAsync(Queue)).Messages);
    }

    [Fact]
    public async Task ReceiveMessage_MegabyteBody_IsRead()
    {
        var body = string.Concat(Enumerable.Repeat("0123456789abcde\\n", 60_000));
        var text = body.Replace("\\n", "\n", StringComparison.Ordinal);
        var md5 = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(Encoding.UTF8.GetBytes(text)));
        await using var sqs = await StartAsync(new Answer($$"""{"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"{{body}}","MD5OfBody":"{{md5}}"}]}"""));
        using var client = sqs.Client();
        Assert.Equal(text, (await client.ReceiveMessageAsync(Queue)).Messages!.Single().Body);
    }

    [Theory]
    [InlineData(",\"MD5OfBody\":\"00000000000000000000000000000000\"")]
    [InlineData("")]
    public async Task ReceiveMessage_SumWrongOrMissing_Throws(string md5)
    {
        await using var sqs = await StartAsync(new Answer($$"""{"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"hello"{{md5}}}]}"""));
        using var client = sqs.Client();
        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => client.ReceiveMessageAsync(Queue));
        Assert.Contains("MD5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendMessageBatch_PartlyFailed_SplitsResults()
    {
        await using var sqs = await StartAsync(new Answer("""
            {"Successful":[{"Id":"a","MessageId":"1","MD5OfMessageBody":"5d41402abc4b2a76b9719d911017c592"}],
             "Failed":[{"Id":"b","Code":"InternalError","Message":"m","SenderFault":false}]}
            """));
        using var client = sqs.Client();
        var response = await client.SendMessageBatchAsync(Queue, [new("a", "hello"), new("b", "x")]);
        Assert.Equal("1", Assert.Single(response.Successful!).MessageId);
        Assert.Equal(("b", "InternalError", false), response.Failed!.Select(f => (f.Id, f.Code, f.SenderFault!.Value)).Single());
    }

    [Fact]
    public async Task SendMessageBatch_SumMissing_Throws()
    {
        await using var sqs = await StartAsync(new Answer("""{"Successful":[{"Id":"a","MessageId":"1"}]}"""));
        using var client = sqs.Client();
        await Assert.ThrowsAsync<AmazonSQSException>(() => client.SendMessageBatchAsync(Queue, [new("a", "hello")]));
    }

    [Fact]
    public async Task DeleteMessage_EmptyAnswer_Succeeds()
    {
        await using var sqs = await StartAsync(new Answer(""));
        using var client = sqs.Client();
        var response = await client.DeleteMessageAsync(Queue, "r");
        Assert.Equal(System.Net.HttpStatusCode.OK, response.HttpStatusCode);
    }

    [Fact]
    public async Task MessageMoveTasks_List_ReadsNumbers()
    {
        await using var sqs = await StartAsync(new Answer("""
            {"Results":[{"Status":"RUNNING","TaskHandle":"t","ApproximateNumberOfMessagesMoved":3000000000,"MaxNumberOfMessagesPerSecond":5,"StartedTimestamp":1763740000123}]}
            """));
        using var client = sqs.Client();
        var task = (await client.ListMessageMoveTasksAsync(new() { SourceArn = "arn" })).Results!.Single();
        Assert.Equal((3_000_000_000, 5, 1763740000123), (task.ApproximateNumberOfMessagesMoved!.Value, task.MaxNumberOfMessagesPerSecond!.Value, task.StartedTimestamp!.Value));
        Assert.Null(task.ApproximateNumberOfMessagesToMove);
    }

    [Fact]
    public async Task Paginators_ListQueues_FollowsTokens()
    {
        await using var sqs = await StartAsync(
            new Answer("""{"QueueUrls":["a","b"],"NextToken":"n"}"""), new Answer("""{"QueueUrls":["c"]}"""));
        using var client = sqs.Client();
        var urls = new List<string>();
        await foreach (var url in client.Paginators.ListQueues(new ListQueuesRequest { MaxResults = 2 }).QueueUrls)
            urls.Add(url);
        Assert.Equal(["a", "b", "c"], urls);
        Assert.Equal("n", (string?)sqs.Requests.Last().Json["NextToken"]);
    }

    [Fact]
    public async Task GetQueueAttributes_Helpers_ReadTypedValues()
    {
        await using var sqs = await StartAsync(new Answer("""
            {"Attributes":{"ApproximateNumberOfMessages":"12","QueueArn":"arn:q","FifoQueue":"true","CreatedTimestamp":"1700000000"}}
            """));
        using var client = sqs.Client();
        var response = await client.GetQueueAttributesAsync(Queue, [QueueAttributeName.All]);
        Assert.Equal((12, 0, "arn:q", true), (response.ApproximateNumberOfMessages, response.DelaySeconds, response.QueueARN, response.FifoQueue));
        Assert.Equal(1700000000, new DateTimeOffset(response.CreatedTimestamp).ToUnixTimeSeconds());
    }
}
