using System.Text.Json;
using SetGet.Core.Queues;
using SetGet.Worker.Lambda;
using SetGet.Worker.Processing;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>What Lambda pushes: a batch of messages, each an event or a dead letter; or no batch, which Lambda then sends again.</summary>
internal sealed class LambdaTarget() : FuzzTarget("lambda")
{
    public override IEnumerable<string> Seeds { get; } =
    [
        """{"Records":[{"messageId":"m","receiptHandle":"h","body":"{\"v\":1}","attributes":{"ApproximateReceiveCount":"2","SentTimestamp":"1763740000123","MessageGroupId":"a"},"messageAttributes":{},"md5OfBody":"x","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-east-1:000000000000:q","awsRegion":"us-east-1"}]}""",
        """{"Records":[]}""",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "\"Records\":[", "\"messageId\":", "\"receiptHandle\":", "\"body\":", "\"attributes\":{", "\"ApproximateReceiveCount\":\"", "\"SentTimestamp\":\"", "null", "{", "}", "[", "]", ",", ":", "\"",
        "99999999999999999", "-99999999999999",
    ];

    public override int AllocationPerByte => 600;

    public override double Weight => 6;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        IReadOnlyList<QueueMessage> messages;
        try
        {
            messages = PushedBatch.Read(input.Span);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // It says that it is no batch.
            return;
        }

        foreach (var message in messages)
        {
            var item = new WorkItem(message);
            Require(item.Envelope is not null || item.Reason is not null, "A message is an envelope or a dead letter.");
        }
    }
}
