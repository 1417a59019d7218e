using System.Globalization;
using System.Text;
using SetGet.Core.Events;

namespace SetGet.Core.Queues;

/// <summary>What is written on a dead letter beside its unchanged body: message attributes, which this class alone names.</summary>
/// <param name="Reason">One of <see cref="DeadLetterReasons"/>.</param>
/// <param name="Detail">A sentence for the operator.</param>
/// <param name="ReceiveCount">How often a worker had received it.</param>
/// <param name="DeadAt">When it was given up.</param>
/// <param name="SourceMessageId">Its id in the events queue.</param>
public sealed record DeadLetterNote(string Reason, string? Detail, int ReceiveCount, DateTimeOffset DeadAt, string SourceMessageId)
{
    /// <summary>The message as it goes to the dead-letter queue.</summary>
    public OutgoingMessage ToMessage(QueueMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        KeyValuePair<string, string>[] attributes =
        [
            new(nameof(Reason), Reason),
            new(nameof(Detail), Detail is { Length: > 0 } detail ? detail : "No detail is known."),
            new(nameof(ReceiveCount), ReceiveCount.ToString(CultureInfo.InvariantCulture)),
            new(nameof(DeadAt), DeadAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            new(nameof(SourceMessageId), SourceMessageId),
        ];
        return new OutgoingMessage(message.Body, message.GroupId, message.Id, Fitting(message.Body, attributes));
    }

    /// <summary>What was noted; where SQS itself moved the message, that it was received too often.</summary>
    public static DeadLetterNote Of(QueueMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var noted = message.Attributes;
        return new DeadLetterNote(
            noted.GetValueOrDefault(nameof(Reason)) ?? DeadLetterReasons.MaxReceiveCount,
            noted.GetValueOrDefault(nameof(Detail)),
            (int)(Number(nameof(ReceiveCount)) ?? message.ReceiveCount),
            Number(nameof(DeadAt)) is { } dead and <= EnvelopeFields.LastMillisecond
                ? DateTimeOffset.FromUnixTimeMilliseconds(dead)
                : message.SentAt ?? DateTimeOffset.UnixEpoch,
            noted.GetValueOrDefault(nameof(SourceMessageId)) ?? message.Id);

        long? Number(string name)
            => long.TryParse(noted.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    // Attributes count towards the size of a message. A body that leaves no room goes without: it is worth more than its reason.
    private static List<KeyValuePair<string, string>> Fitting(string body, KeyValuePair<string, string>[] attributes)
    {
        var left = EnvelopeWriter.MaxMessageBytes - Encoding.UTF8.GetByteCount(body);
        var fitting = new List<KeyValuePair<string, string>>(attributes.Length);
        foreach (var attribute in attributes)
        {
            left -= attribute.Key.Length + Encoding.UTF8.GetByteCount(attribute.Value) + "String".Length;
            if (left < 0) break;
            fitting.Add(attribute);
        }

        return fitting;
    }
}
