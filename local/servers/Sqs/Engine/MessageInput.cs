using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sqs.Engine;

/// <summary>A message as a sender gives it, not yet checked; the names in quotes are the protocol's.</summary>
internal class MessageInput
{
    /// <summary>UTF-8; null where the parameter is missing.</summary>
    [JsonPropertyName("MessageBody")]
    [JsonConverter(typeof(Protocol.BodyConverter))]
    public byte[]? Body
    {
        get;
        set => (field, BodyMd5) = (value, Md5.Of(value.AsSpan()));
    }

    /// <summary>Taken when the body is set: what takes time is done before the engine's lock is held.</summary>
    [JsonIgnore]
    public UInt128 BodyMd5 { get; private set; }

    public int? DelaySeconds { get; set; }

    [JsonPropertyName("MessageDeduplicationId")]
    public string? DeduplicationId { get; set; }

    [JsonPropertyName("MessageGroupId")]
    public string? GroupId { get; set; }

    public Dictionary<string, AttributeInput?>? MessageAttributes { get; set; }
    public Dictionary<string, AttributeInput?>? MessageSystemAttributes { get; set; }

    /// <summary>What counts towards the size limits: the body, and the attributes with their names and types.</summary>
    [JsonIgnore]
    public int Size => (Body?.Length ?? 0) + (MessageAttributes ?? []).Sum(each => Encoding.UTF8.GetByteCount(each.Key) + (each.Value?.Size ?? 0));
}

/// <summary>A message attribute as a sender gives it. SQS reserves the lists, and takes empty ones.</summary>
internal sealed record AttributeInput(
    string? DataType, string? StringValue = null, byte[]? BinaryValue = null, JsonElement[]? StringListValues = null, JsonElement[]? BinaryListValues = null)
{
    [JsonIgnore]
    public int Size => Encoding.UTF8.GetByteCount((DataType ?? "") + StringValue) + (BinaryValue?.Length ?? 0);
}

/// <summary>What SQS answers to a message that it took.</summary>
internal sealed record SendResult(
    Guid MessageId, UInt128 BodyMd5, UInt128? AttributesMd5, UInt128? SystemAttributesMd5, long? SequenceNumber);
