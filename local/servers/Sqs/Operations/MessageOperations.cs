using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>Sending one message, and receiving.</summary>
internal sealed class MessageOperations(SqsEngine engine, TimeProvider clock)
{
    private const int MaximumReceive = 10;
    private const int MaximumWaitSeconds = 20;

    public ValueTask<SqsReply?> SendAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        var message = new PreparedMessage(request);
        return engine.CommitAsync<SqsReply?>(now =>
        {
            var sent = Sender.Send(engine, QueueUrl.Resolve(engine, request), message, now);
            return to => MessageReplies.Sent(to, sent);
        });
    }

    public async ValueTask<SqsReply?> ReceiveAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        var wanted = Wanted(request);
        ReceiveWaiter? waiter = null;
        AttributeSelection? selection = null;
        var messages = await engine.CommitAsync(now =>
        {
            var queue = QueueUrl.Resolve(engine, request);
            selection = new AttributeSelection(request.MessageSystemAttributeNames.Concat(request.AttributeNames), request.MessageAttributeNames, queue);
            if (request.ReceiveRequestAttemptId is { } id && !queue.IsFifo)
                throw SqsException.Invalid(id, "ReceiveRequestAttemptId", "The request include parameter that is not valid for this queue type.");
            var taken = Receiver.Take(engine, queue, wanted, now);
            if (taken.Count > 0)
            {
                // What is in flight now may become visible before what the others were waiting for.
                engine.Touch(queue);
                return taken;
            }

            Receiver.CheckInFlight(queue);
            var seconds = request.WaitTimeSeconds ?? queue.Settings.ReceiveWaitSeconds;
            if (seconds > 0) waiter = new ReceiveWaiter(engine, queue, wanted, now + (seconds * 1000L));
            return taken;
        });
        if (waiter is not null) messages = await WaitAsync(waiter, cancellationToken);
        return to => MessageReplies.Received(to, messages, selection!);
    }

    private async Task<List<ReceivedMessage>> WaitAsync(ReceiveWaiter waiter, CancellationToken cancellationToken)
    {
        await using var abandoned = cancellationToken.UnsafeRegister(_ => engine.Abandon(waiter), null);
        var outcome = await waiter.Outcome;
        await outcome.Durable.WaitAsync(TimeSpan.FromMinutes(1), clock, cancellationToken);
        return outcome.Messages;
    }

    private static ReceiveRequest Wanted(SqsRequest request)
    {
        if (request.MaxNumberOfMessages is < 1 or > MaximumReceive)
            throw SqsException.Invalid(request.MaxNumberOfMessages, "MaxNumberOfMessages", $"Must be between 1 and {MaximumReceive}, if provided.");
        if (request.WaitTimeSeconds is < 0 or > MaximumWaitSeconds)
            throw SqsException.Invalid(request.WaitTimeSeconds, "WaitTimeSeconds", $"Must be >= 0 and <= {MaximumWaitSeconds}, if provided.");
        if (request.VisibilityTimeout is < 0 or > QueueSettings.MaximumVisibilityTimeout)
            throw SqsException.Invalid(
                request.VisibilityTimeout, "VisibilityTimeout", $"Must be between 0 and {QueueSettings.MaximumVisibilityTimeout}, if provided.");
        return new ReceiveRequest(request.MaxNumberOfMessages ?? 1, request.VisibilityTimeout, request.ReceiveRequestAttemptId);
    }
}

/// <summary>Writes what was sent and received.</summary>
internal static class MessageReplies
{
    private static readonly ReplyList Messages = new("Messages", "Message");
    private static readonly ReplyList System = new("Attributes", "Attribute");
    private static readonly ReplyList Attributes = new("MessageAttributes", "MessageAttribute");

    public static void Sent(ReplyWriter to, SendResult sent)
    {
        to.Text("MessageId", sent.MessageId.ToString());
        to.Text("MD5OfMessageBody", Md5.Text(sent.BodyMd5));
        if (sent.AttributesMd5 is { } attributes) to.Text("MD5OfMessageAttributes", Md5.Text(attributes));
        if (sent.SystemAttributesMd5 is { } system) to.Text("MD5OfMessageSystemAttributes", Md5.Text(system));
        if (sent.SequenceNumber is { } sequence) to.Text("SequenceNumber", SequenceNumber.Text(sequence));
    }

    public static void Received(ReplyWriter to, List<ReceivedMessage> messages, AttributeSelection selection) => to.Objects(Messages, messages, received =>
    {
        var message = received.Message;
        to.Text("MessageId", message.Id.ToString());
        to.Text("ReceiptHandle", received.Handle.ToString());
        to.Text("MD5OfBody", Md5.Text(message.BodyMd5));
        to.Text("Body", message.Body.Span);
        if (selection.SystemOf(received) is { Count: > 0 } system) to.Map(System, system);
        if (selection.Of(message) is not { Length: > 0 } attributes) return;
        to.Text("MD5OfMessageAttributes", Md5.Text(Md5.Of(attributes)!.Value));
        to.Map(Attributes, attributes, attribute => attribute.Name, attribute =>
        {
            if (attribute.IsBinary) to.Bytes("BinaryValue", attribute.Value);
            else to.Text("StringValue", attribute.Value);
            to.Text("DataType", attribute.DataType);
        });
    });
}
