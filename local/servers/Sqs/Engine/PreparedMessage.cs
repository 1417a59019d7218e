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
    public byte[]? Body { get; set; }

    public int? DelaySeconds { get; set; }

    [JsonPropertyName("MessageDeduplicationId")]
    public string? DeduplicationId { get; set; }

    [JsonPropertyName("MessageGroupId")]
    public string? GroupId { get; set; }

    public Dictionary<string, AttributeInput?>? MessageAttributes { get; set; }
    public Dictionary<string, AttributeInput?>? MessageSystemAttributes { get; set; }
}

/// <summary>A message attribute as a sender gives it. SQS reserves the lists, and takes empty ones.</summary>
internal sealed record AttributeInput(
    string? DataType, string? StringValue = null, byte[]? BinaryValue = null, JsonElement[]? StringListValues = null, JsonElement[]? BinaryListValues = null);

/// <summary>What SQS answers to a message that it took.</summary>
internal sealed record SendResult(
    Guid MessageId, UInt128 BodyMd5, UInt128? AttributesMd5, UInt128? SystemAttributesMd5, long? SequenceNumber);

/// <summary>
/// A message checked as far as that needs no queue, with its sums. All that takes time is done here, outside the engine's
/// lock; what is wrong is kept until it is known that the queue exists, because SQS says that first.
/// </summary>
internal sealed class PreparedMessage
{
    private readonly SqsException? _refusal;

    public PreparedMessage(MessageInput input)
    {
        Input = input;
        try
        {
            Body = input.Body is { Length: > 0 } given ? given : throw SqsException.Missing("MessageBody");
            if (!MessageText.IsLegal(Body)) throw MessageText.Illegal();
            Attributes = AttributeValidation.Check(input.MessageAttributes);
            Trace = AttributeValidation.CheckSystem(input.MessageSystemAttributes);
            BodyMd5 = Md5.Of(Body);
            AttributesMd5 = Md5.Of(Attributes);
            TraceMd5 = Trace is null ? null : Md5.Of([Trace]);
        }
        catch (SqsException refusal)
        {
            _refusal = refusal;
        }
    }

    public MessageInput Input { get; }
    public byte[] Body { get; } = [];
    public UInt128 BodyMd5 { get; }
    public MessageAttribute[] Attributes { get; } = [];
    public UInt128? AttributesMd5 { get; }

    /// <summary>The system attribute AWSTraceHeader.</summary>
    public MessageAttribute? Trace { get; }

    public UInt128? TraceMd5 { get; }

    /// <summary>What counts towards the size limits: the body, and the attributes with their names and types.</summary>
    public int Size => Body.Length + Attributes.Sum(attribute
        => Encoding.UTF8.GetByteCount(attribute.Name) + Encoding.UTF8.GetByteCount(attribute.DataType) + attribute.Value.Length);

    /// <exception cref="SqsException">Something is wrong with the message itself.</exception>
    public void ThrowIfRefused()
    {
        if (_refusal is not null) throw new SqsException(_refusal.Error, _refusal.Message);
    }

    public MessageExtras? Extras() => Attributes.Length == 0 && Trace is null ? null
        : new MessageExtras(Attributes, Trace is null ? null : Encoding.UTF8.GetString(Trace.Value), null);
}
