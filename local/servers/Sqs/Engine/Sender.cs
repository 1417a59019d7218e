using System.Security.Cryptography;
using System.Text;

namespace Sqs.Engine;

/// <summary>Checks messages and puts them into a queue.</summary>
internal static class Sender
{
    private const int MaximumIdLength = 128;
    private const int MaximumDelaySeconds = 900;

    /// <exception cref="SqsException">The message is refused; nothing has changed.</exception>
    public static SendResult Send(SqsEngine engine, SqsQueue queue, MessageInput input, long now)
    {
        var body = input.Body is { Length: > 0 } given ? given : throw SqsException.Missing("MessageBody");
        if (!MessageText.IsLegal(body)) throw MessageText.Illegal();
        var attributes = AttributeValidation.Check(input.MessageAttributes);
        var trace = AttributeValidation.CheckSystem(input.MessageSystemAttributes);
        CheckSize(queue, input);
        CheckIds(queue, input);
        var delay = Delay(queue, input.DelaySeconds);
        var deduplicationId = queue.IsFifo ? DeduplicationId(queue, input, body) : null;
        var sums = new SendResult(default, input.BodyMd5, Md5.Of(attributes), trace is null ? null : Md5.Of([trace]), null);
        if (deduplicationId is not null && queue.Deduplication.TryGet(KeyOf(queue, deduplicationId, input.GroupId), now, out var first))
            return sums with { MessageId = first.MessageId, SequenceNumber = first.Sequence };

        var message = new Message
        {
            Sequence = engine.State.NextSequence(),
            Id = MessageId.New(),
            Body = body,
            BodyMd5 = sums.BodyMd5,
            GroupId = input.GroupId,
            DeduplicationId = deduplicationId,
            Attributes = attributes,
            TraceHeader = trace is null ? null : Encoding.UTF8.GetString(trace.Value),
            SentAt = now,
            DueAt = delay == 0 ? 0 : now + (delay * 1000L),
        };
        Accept(queue, message, now);
        engine.Journal?.Append(to => Storage.Records.Sent(to, queue, message));
        engine.Touch(queue);
        return sums with { MessageId = message.Id, SequenceNumber = queue.IsFifo ? message.Sequence : null };
    }

    /// <summary>Adds a message and, on a FIFO queue, its deduplication id. The journal's replay comes this way too.</summary>
    public static void Accept(SqsQueue queue, Message message, long now)
    {
        queue.Messages.Add(message, now);
        if (message.DeduplicationId is { } id && queue.IsFifo)
            queue.Deduplication.Add(KeyOf(queue, id, message.GroupId), new SentOnce(message.Id, message.Sequence, message.SentAt), message.SentAt);
    }

    /// <exception cref="SqsException">A batch for a FIFO queue has an entry without what such a queue needs: SQS refuses all of it.</exception>
    public static void CheckFifoBatch(SqsQueue queue, IEnumerable<MessageInput> inputs)
    {
        if (!queue.IsFifo) return;
        foreach (var input in inputs)
        {
            if (string.IsNullOrEmpty(input.GroupId))
                throw new SqsException(SqsError.InvalidParameterValue, SqsException.Missing("MessageGroupId").Message);
            if (string.IsNullOrEmpty(input.DeduplicationId) && !queue.Settings.ContentBasedDeduplication) throw NoDeduplicationId();
        }
    }

    private static void CheckSize(SqsQueue queue, MessageInput input)
    {
        if (input.Size > queue.Settings.MaximumMessageSize)
            throw new SqsException(
                SqsError.InvalidParameterValue,
                $"One or more parameters are invalid. Reason: Message must be shorter than {queue.Settings.MaximumMessageSize} bytes.");
    }

    private static void CheckIds(SqsQueue queue, MessageInput input)
    {
        if (queue.IsFifo && string.IsNullOrEmpty(input.GroupId)) throw SqsException.Missing("MessageGroupId");
        CheckId(input.GroupId, "MessageGroupId");
        if (!queue.IsFifo && input.DeduplicationId is { } id)
            throw SqsException.Invalid(id, "MessageDeduplicationId", "The request include parameter that is not valid for this queue type");
        CheckId(input.DeduplicationId, "MessageDeduplicationId");
    }

    private static void CheckId(string? id, string parameter)
    {
        if (id is not null && (id.Length is 0 or > MaximumIdLength || !id.All(c => c is > ' ' and <= '~')))
            throw SqsException.Invalid(
                id, parameter, $"{parameter} can only include alphanumeric and punctuation characters. 1 to {MaximumIdLength} in length.");
    }

    private static int Delay(SqsQueue queue, int? own)
    {
        if (own is null) return queue.Settings.DelaySeconds;
        if (own is < 0 or > MaximumDelaySeconds)
            throw SqsException.Invalid(own, "DelaySeconds", $"DelaySeconds must be >= 0 and <= {MaximumDelaySeconds}.");
        // A FIFO queue delays all messages alike; zero is what some clients send for "not set".
        if (!queue.IsFifo) return own.Value;
        return own == 0 ? queue.Settings.DelaySeconds
            : throw SqsException.Invalid(own, "DelaySeconds", "The request include parameter that is not valid for this queue type.");
    }

    private static string DeduplicationId(SqsQueue queue, MessageInput input, ReadOnlyMemory<byte> body)
    {
        if (input.DeduplicationId is { } own) return own;
        return queue.Settings.ContentBasedDeduplication ? Convert.ToHexStringLower(SHA256.HashData(body.Span)) : throw NoDeduplicationId();
    }

    private static SqsException NoDeduplicationId() => new(
        SqsError.InvalidParameterValue,
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");

    /// <summary>Ids are compared within the queue, or within the group where the queue says so.</summary>
    private static string KeyOf(SqsQueue queue, string id, string? group) => queue.Settings.DeduplicatesByGroup ? $"{group}\n{id}" : id;
}
