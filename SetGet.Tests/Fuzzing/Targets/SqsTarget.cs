using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sqs;
using Sqs.Protocol;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>
/// Calls to the local SQS, one a line, in both protocols: <c>J OPERATION {json}</c>, <c>Q form</c>, <c>G path?query</c>; <c>$Q</c> is a queue's address, <c>$H</c>
/// the last receipt handle. Each is answered, by what its protocol can read, and never with an error of the server.
/// </summary>
internal sealed class SqsTarget() : FuzzTarget("sqs")
{
    private const string Base = "http://localhost";
    private const string Queue = Base + "/000000000000/q";
    private const int MostCalls = 8;
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(20);
    private static readonly XmlReaderSettings Xml = new() { CheckCharacters = false };

    public override IEnumerable<string> Seeds { get; } =
    [
        "J SendMessage {\"QueueUrl\":\"$Q\",\"MessageBody\":\"hi\",\"DelaySeconds\":0,\"MessageAttributes\":{\"n\":{\"DataType\":\"Number\",\"StringValue\":\"1\"},\"b\":{\"DataType\":\"Binary\",\"BinaryValue\":\"AQ==\"}}}\nJ ReceiveMessage {\"QueueUrl\":\"$Q\",\"MaxNumberOfMessages\":10,\"AttributeNames\":[\"All\"],\"MessageAttributeNames\":[\"n.*\"],\"WaitTimeSeconds\":1}\nJ ChangeMessageVisibility {\"QueueUrl\":\"$Q\",\"ReceiptHandle\":\"$H\",\"VisibilityTimeout\":5}\nJ DeleteMessage {\"QueueUrl\":\"$Q\",\"ReceiptHandle\":\"$H\"}",
        "Q Action=SendMessage&QueueUrl=$Q&MessageBody=a%20b&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValue=x\nQ Action=ReceiveMessage&QueueUrl=$Q&AttributeName.1=All&VisibilityTimeout=5\nQ Action=DeleteMessageBatch&QueueUrl=$Q&DeleteMessageBatchRequestEntry.1.Id=a&DeleteMessageBatchRequestEntry.1.ReceiptHandle=$H",
        "J CreateQueue {\"QueueName\":\"n.fifo\",\"Attributes\":{\"FifoQueue\":\"true\",\"VisibilityTimeout\":\"5\",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:us-east-1:000000000000:d\\\",\\\"maxReceiveCount\\\":1}\"},\"tags\":{\"a\":\"b\"}}\nJ SendMessageBatch {\"QueueUrl\":\"$Q\",\"Entries\":[{\"Id\":\"1\",\"MessageBody\":\"x\",\"MessageGroupId\":\"g\",\"MessageDeduplicationId\":\"d\"},{\"Id\":\"2\",\"MessageBody\":\"\\ud83d\\ude00\"}]}\nJ ListQueues {\"QueueNamePrefix\":\"q\",\"MaxResults\":1}\nJ ListQueues {\"NextToken\":\"AQ==\",\"MaxResults\":1}",
        "G /000000000000/q?Action=GetQueueAttributes&AttributeName=All\nQ Action=SetQueueAttributes&QueueUrl=$Q&Attribute.1.Name=Policy&Attribute.1.Value={}\nQ Action=AddPermission&QueueUrl=$Q&Label=l&AWSAccountId.1=000000000000&ActionName.1=*\nQ Action=TagQueue&QueueUrl=$Q&Tag.1.Key=k&Tag.1.Value=v\nQ Action=ListQueueTags&QueueUrl=$Q",
        "J StartMessageMoveTask {\"SourceArn\":\"arn:aws:sqs:us-east-1:000000000000:d\",\"MaxNumberOfMessagesPerSecond\":1}\nJ ListMessageMoveTasks {\"SourceArn\":\"arn:aws:sqs:us-east-1:000000000000:d\"}\nJ CancelMessageMoveTask {\"TaskHandle\":\"x\"}\nJ PurgeQueue {\"QueueUrl\":\"$Q\"}\nJ DeleteQueue {\"QueueUrl\":\"$Q\"}",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "$Q", "$H", "J ", "Q Action=", "G /", "SendMessage ", "ReceiveMessage ", "DeleteMessage ", "ChangeMessageVisibilityBatch ", "GetQueueAttributes ", "SetQueueAttributes ", "ListQueues ",
        "UntagQueue ", "RemovePermission ", "ListDeadLetterSourceQueues ", "GetQueueUrl ", "{\"QueueUrl\":\"$Q\"", "\"MessageBody\":", "\"MessageAttributes\":{", "\"Entries\":[{\"Id\":", "\"Attributes\":{",
        "\"MessageSystemAttributes\":{\"AWSTraceHeader\":", "\"NextToken\":\"", "\"MaxResults\":", "\"SourceArn\":", "arn:aws:sqs:us-east-1:000000000000:", "\"WaitTimeSeconds\":20", "&Attribute.1.Name=",
        "&Entry.1.Id=", ".1.", ".Value=", "&", "=", "%C3%A9", "%ff", "+", "\"", "{", "}", "[", "]", ",", ":", "null", "\\u0000", "\\ud800", ".fifo", "RedrivePolicy", "\"FifoQueue\":\"true\"",
    ];

    public override int AllocationPerByte => 8000;

    public override int BaseAllocation => 1024 * 1024;

    public override double Weight => 2;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1763740000));
        var sqs = new LocalSqs(new SqsOptions { Clock = clock }, NullLogger.Instance);
        Wait(sqs.DeclareAsync("d", new Dictionary<string, string>(), new Dictionary<string, string>()), clock);
        Wait(sqs.DeclareAsync("q", new Dictionary<string, string>(), new Dictionary<string, string>()), clock);
        var handle = "AQEB";
        foreach (var line in Encoding.UTF8.GetString(input.Span).Split('\n').Take(MostCalls))
        {
            if (ToCall(line.Replace("$Q", Queue, StringComparison.Ordinal).Replace("$H", handle, StringComparison.Ordinal)) is not { } call) continue;
            var reply = Wait(sqs.CallAsync(call, CancellationToken.None), clock);
            handle = Read(reply, handle);
        }

        Wait(sqs.DisposeAsync().AsTask(), clock);
    }

    private static SqsCall? ToCall(string line)
    {
        if (line.Length < 3) return null;
        var rest = line[2..];
        switch (line[0])
        {
            case 'J':
                var space = rest.IndexOf(' ', StringComparison.Ordinal);
                return new SqsCall("/", "", "AmazonSQS." + (space < 0 ? rest : rest[..space]), Base, Encoding.UTF8.GetBytes(space < 0 ? "" : rest[(space + 1)..]));
            case 'Q':
                return new SqsCall("/", "", null, Base, Encoding.UTF8.GetBytes(rest), WantsJson: rest.Length % 2 == 0);
            case 'G':
                var query = rest.IndexOf('?', StringComparison.Ordinal);
                return new SqsCall(query < 0 ? rest : rest[..query], query < 0 ? "" : rest[query..], null, Base, default);
            default:
                return null;
        }
    }

    // All is in memory and done at once, but for a long poll, which ends when its time is over.
    private static T Wait<T>(Task<T> task, FakeTimeProvider clock)
    {
        Wait((Task)task, clock);
        return task.GetAwaiter().GetResult();
    }

    private static void Wait(Task task, FakeTimeProvider clock)
    {
        if (!task.IsCompleted) clock.Advance(LongestPoll);
        task.GetAwaiter().GetResult();
    }

    private static string Read(SqsResponse reply, string handle)
    {
        var text = Encoding.UTF8.GetString(reply.Body.Span);
        Require(reply.Status < 500, $"SQS answers {reply.Status}.");
        if (reply.ContentType == "text/xml")
        {
            using var xml = XmlReader.Create(new StringReader(text), Xml);
            while (xml.Read())
            {
                if (xml.Name == "ReceiptHandle" && xml.NodeType == XmlNodeType.Element) handle = xml.ReadElementContentAsString();
            }

            return handle;
        }

        var json = JsonNode.Parse(text) as JsonObject;
        Require(json is not null, "The answer is an object.");
        return json!["Messages"] is JsonArray { Count: > 0 } messages ? (string?)messages[0]!["ReceiptHandle"] ?? handle : handle;
    }
}
