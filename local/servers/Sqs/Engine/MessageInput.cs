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

    /// <summary>What counts towards the size limits: the body, and the attributes with their names and types.</summary>
    [JsonIgnore]
    public int Size => (Body?.Length ?? 0) + (MessageAttributes ?? []).Sum(each => Encoding.UTF8.GetByteCount(each.Key) + (each.Value?.Size ?? 0));

    /// <summary>Made when it is asked for first, which should be before the engine's lock is held: it takes most of a send's time.</summary>
    [JsonIgnore]
    public Draft Draft => field ??= new Draft(this);
}

/// <summary>A message attribute as a sender gives it. SQS reserves the lists, and takes empty ones.</summary>
internal sealed record AttributeInput(
    string? DataType, string? StringValue = null, byte[]? BinaryValue = null, JsonElement[]? StringListValues = null, JsonElement[]? BinaryListValues = null)
{
    [JsonIgnore]
    public int Size => Encoding.UTF8.GetByteCount((DataType ?? "") + StringValue) + (BinaryValue?.Length ?? 0);
}

/// <summary>What can be checked and made of a message without its queue.</summary>
internal sealed class Draft
{
    private readonly SqsException? _refusal;

    public Draft(MessageInput input)
    {
        try
        {
            Message = Read(input);
        }
        catch (SqsException refusal)
        {
            // Told in its place: a queue that is not there is said first.
            _refusal = refusal;
        }
    }

    /// <exception cref="SqsException">The message is refused, whatever the queue.</exception>
    public Message Message => _refusal is null ? field! : throw _refusal;

    private static Message Read(MessageInput input)
    {
        var body = input.Body is { Length: > 0 } given ? given : throw SqsException.Missing("MessageBody");
        if (!MessageText.IsLegal(body)) throw MessageText.Illegal();
        return new Message
        {
            Id = MessageId.New(),
            Body = body,
            BodyMd5 = Md5.Of(body),
            GroupId = input.GroupId,
            Attributes = AttributeValidation.Check(input.MessageAttributes),
            TraceHeader = AttributeValidation.CheckSystem(input.MessageSystemAttributes),
        };
    }
}
