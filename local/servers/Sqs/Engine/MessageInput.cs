namespace Sqs.Engine;

/// <summary>A message as a sender gives it, not yet checked.</summary>
internal sealed class MessageInput
{
    /// <summary>UTF-8; null where the parameter is missing.</summary>
    public ReadOnlyMemory<byte>? Body { get; set; }

    public int? DelaySeconds { get; set; }

    public string? DeduplicationId { get; set; }

    public string? GroupId { get; set; }

    public List<AttributeInput>? Attributes { get; set; }

    public List<AttributeInput>? SystemAttributes { get; set; }
}

/// <summary>A message attribute as a sender gives it.</summary>
internal sealed class AttributeInput
{
    public string? Name { get; set; }

    public string? DataType { get; set; }

    /// <summary>UTF-8.</summary>
    public byte[]? StringValue { get; set; }

    public byte[]? BinaryValue { get; set; }

    /// <summary>StringListValues or BinaryListValues was given: SQS reserves them.</summary>
    public bool HasListValues { get; set; }
}

/// <summary>What SQS answers to a message that it took.</summary>
internal sealed record SendResult(
    Guid MessageId, UInt128 BodyMd5, UInt128? AttributesMd5, UInt128? SystemAttributesMd5, long? SequenceNumber);
