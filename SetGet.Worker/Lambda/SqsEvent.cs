using System.Globalization;
using System.Text.Json.Serialization;
using SetGet.Core.Queues;

namespace SetGet.Worker.Lambda;

/// <summary>What the event source mapping of a queue sends to a function.</summary>
internal sealed record SqsEvent([property: JsonPropertyName("Records")] IReadOnlyList<SqsRecord?>? Records);

/// <summary>One message of the batch.</summary>
internal sealed record SqsRecord(string MessageId, string ReceiptHandle, string? Body, IReadOnlyDictionary<string, string>? Attributes)
{
    private const long LastMillisecond = 253_402_300_799_999; // The last that DateTimeOffset can hold.

    public QueueMessage ToMessage() => new(
        MessageId,
        ReceiptHandle,
        Body ?? "",
        (int)(Number("ApproximateReceiveCount") ?? 1),
        Attributes?.GetValueOrDefault("MessageGroupId"),
        Number("SentTimestamp") is { } sentAt and >= 0 and <= LastMillisecond ? DateTimeOffset.FromUnixTimeMilliseconds(sentAt) : null);

    private long? Number(string name)
        => Attributes?.GetValueOrDefault(name) is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
