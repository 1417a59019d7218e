using System.Text;
using System.Text.Json.Nodes;
using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>Receiving, which may wait.</summary>
internal sealed class ReceiveOperation(SqsEngine engine, TimeProvider clock)
{
    private const int MaximumReceive = 10;
    private const int MaximumWaitSeconds = 20;

    public async ValueTask<JsonObject?> ReceiveAsync(SqsRequest request, CancellationToken cancellationToken)
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
            if (seconds > 0) waiter = new ReceiveWaiter(engine, queue, wanted, seconds);
            return taken;
        });
        if (waiter is not null) messages = await WaitAsync(waiter, cancellationToken);
        return MessageReplies.Received(messages, selection!);
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

/// <summary>What is answered of messages that were sent and received.</summary>
internal static class MessageReplies
{
    /// <param name="sent">What the engine said of it.</param>
    /// <param name="message">As it was drafted: where it was sent once before, the first one has another id.</param>
    /// <param name="entry">In a batch, the entry's id.</param>
    public static JsonObject Sent(SentOnce sent, Message message, string? entry = null) => Replies.Of(
        ("Id", entry), ("MessageId", sent.MessageId.ToString()), ("MD5OfMessageBody", Md5.Text(message.BodyMd5)),
        ("MD5OfMessageAttributes", Md5.Text(Md5.Of(message.Attributes))), ("MD5OfMessageSystemAttributes", Md5.Text(Md5.OfTrace(message.TraceHeader))),
        ("SequenceNumber", message.DeduplicationId is null ? null : SequenceNumber.Text(sent.Sequence)));

    public static JsonObject Received(List<ReceivedMessage> messages, AttributeSelection selection)
        => Replies.Of(("Messages", new JsonArray([.. messages.Select(received => Received(received, selection))])));

    private static JsonObject Received(ReceivedMessage received, AttributeSelection selection)
    {
        var message = received.Message;
        var (system, attributes) = (selection.SystemOf(received), selection.Of(message));
        return Replies.Of(
            ("MessageId", message.Id.ToString()), ("ReceiptHandle", received.Handle.ToString()), ("MD5OfBody", Md5.Text(message.BodyMd5)),
            ("Body", Encoding.UTF8.GetString(message.Body.Span)), ("Attributes", system.Count == 0 ? null : system),
            ("MD5OfMessageAttributes", Md5.Text(Md5.Of(attributes))),
            ("MessageAttributes", attributes.Length == 0 ? null : new JsonObject(attributes.Select(each => KeyValuePair.Create(each.Name, Value(each))))));
    }

    private static JsonNode? Value(MessageAttribute attribute) => attribute.IsBinary
        ? Replies.Of(("BinaryValue", Convert.ToBase64String(attribute.Value)), ("DataType", attribute.DataType))
        : Replies.Of(("StringValue", Encoding.UTF8.GetString(attribute.Value)), ("DataType", attribute.DataType));
}
