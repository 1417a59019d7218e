using System.Security.Cryptography;
using System.Text;

namespace Aws.Sqs.Engine;

/// <summary>Checks messages and puts them into a queue.</summary>
internal static class Sender
{
    private const int MaximumIdLength = 128;
    private const int MaximumDelaySeconds = 900;

    /// <exception cref="SqsException">The message is refused; nothing has changed.</exception>
    public static SendResult Send(SqsEngine engine, SqsQueue queue, MessageInput input, long now)
    {
        var body = input.Body is { Length: > 0 } given ? given : throw SqsException.Missing("MessageBody");
        if (!MessageText.IsLegal(body))
            throw new SqsException(SqsError.InvalidMessageContents, "Invalid binary character was found in the message body, the set of allowed characters is #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
        var attributes = AttributeValidation.Check(input.Attributes);
        var trace = AttributeValidation.CheckSystem(input.SystemAttributes);
        CheckSize(queue, body, attributes);
        CheckIds(queue, input);
        var delay = Delay(queue, input.DelaySeconds);
        var bodyMd5 = Md5.Of(body);
        var attributesMd5 = attributes.Length == 0 ? null : Md5.Of(attributes);
        var systemMd5 = trace is null ? null : Md5.Of([trace]);
        var deduplicationId = queue.IsFifo ? DeduplicationId(queue, input, body) : null;
        if (deduplicationId is not null && queue.Deduplication.Find(KeyOf(queue, deduplicationId, input.GroupId), now) is { } first)
            return new SendResult(first.MessageId, bodyMd5, attributesMd5, systemMd5, first.Sequence);

        var message = new Message
        {
            Sequence = engine.State.NextSequence(),
            Id = Guid.NewGuid(),
            Body = body,
            BodyMd5 = bodyMd5,
            GroupId = input.GroupId,
            DeduplicationId = deduplicationId,
            Extras = attributes.Length == 0 && trace is null ? null
                : new MessageExtras(attributes, trace is null ? null : Encoding.UTF8.GetString(trace.Value), null),
            SentAt = now,
            DueAt = now + (delay * 1000L),
        };
        Accept(queue, message, now);
        engine.Journal.Sent(queue, message);
        engine.Touch(queue);
        return new SendResult(message.Id, bodyMd5, attributesMd5, systemMd5, queue.IsFifo ? message.Sequence : null);
    }

    /// <summary>Adds a message and, on a FIFO queue, its deduplication id. The journal's replay comes this way too.</summary>
    public static void Accept(SqsQueue queue, Message message, long now)
    {
        queue.Messages.Add(message, now);
        if (message.DeduplicationId is { } id && queue.IsFifo)
            queue.Deduplication.Add(KeyOf(queue, id, message.GroupId), new SentOnce(message.Id, message.Sequence, message.SentAt));
    }

    /// <summary>What counts towards the size limits: the body and the attributes with their names and types.</summary>
    public static long SizeOf(MessageInput input)
    {
        long size = input.Body?.Length ?? 0;
        foreach (var attribute in input.Attributes ?? [])
        {
            size += Encoding.UTF8.GetByteCount(attribute.Name ?? "") + Encoding.UTF8.GetByteCount(attribute.DataType ?? "")
                + (attribute.StringValue?.Length ?? 0) + (attribute.BinaryValue?.Length ?? 0);
        }

        return size;
    }

    private static void CheckSize(SqsQueue queue, byte[] body, MessageAttribute[] attributes)
    {
        var size = (long)body.Length;
        foreach (var attribute in attributes)
            size += attribute.Name.Length + Encoding.UTF8.GetByteCount(attribute.DataType) + attribute.Value.Length;
        if (size > queue.Settings.MaximumMessageSize)
        {
            throw new SqsException(
                SqsError.InvalidParameterValue,
                $"One or more parameters are invalid. Reason: Message must be shorter than {queue.Settings.MaximumMessageSize} bytes.");
        }
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
        {
            throw SqsException.Invalid(
                id, parameter, $"{parameter} can only include alphanumeric and punctuation characters. 1 to {MaximumIdLength} in length.");
        }
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

    private static string DeduplicationId(SqsQueue queue, MessageInput input, byte[] body)
    {
        if (input.DeduplicationId is { } own) return own;
        return queue.Settings.ContentBasedDeduplication
            ? Convert.ToHexStringLower(SHA256.HashData(body))
            : throw new SqsException(
                SqsError.InvalidParameterValue,
                "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
    }

    private static string KeyOf(SqsQueue queue, string id, string? group) =>
        Deduplication.Key(id, group, queue.Settings.DeduplicatesByGroup);
}
