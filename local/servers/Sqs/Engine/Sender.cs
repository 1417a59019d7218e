using System.Security.Cryptography;

namespace Sqs.Engine;

/// <summary>Checks messages and puts them into a queue.</summary>
internal static class Sender
{
    private const int MaximumIdLength = 128;
    private const int MaximumDelaySeconds = 900;

    /// <returns>What a FIFO queue answers again, where the message has been sent before.</returns>
    /// <exception cref="SqsException">The message is refused; nothing has changed.</exception>
    public static SentOnce Send(SqsEngine engine, SqsQueue queue, MessageInput input, long now)
    {
        var message = input.Draft.Message;
        CheckSize(queue, input);
        CheckIds(queue, input);
        var delay = Delay(queue, input.DelaySeconds);
        if (queue.IsFifo)
        {
            message.DeduplicationId = DeduplicationId(queue, input, message.Body);
            if (queue.Deduplication.TryGet(KeyOf(queue, message.DeduplicationId, message.GroupId), now, out var first)) return first;
        }

        message.Sequence = engine.State.NextSequence();
        message.SentAt = now;
        message.DueAt = delay == 0 ? 0 : now + (delay * 1000L);
        Accept(queue, message, now);
        engine.Journal?.Append(to => Storage.Records.Sent(to, queue, message));
        engine.Touch(queue);
        return new SentOnce(message.Id, message.Sequence, now);
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
                throw SqsError.InvalidParameterValue.With(SqsException.Missing("MessageGroupId").Message);
            if (string.IsNullOrEmpty(input.DeduplicationId) && !queue.Settings.ContentBasedDeduplication) throw NoDeduplicationId();
        }
    }

    private static void CheckSize(SqsQueue queue, MessageInput input)
    {
        if (input.Size > queue.Settings.MaximumMessageSize)
            throw SqsError.InvalidParameterValue.With(
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
