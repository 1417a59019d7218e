using System.Text.Json;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>A typed value beside the body.</summary>
public class MessageAttributeValue : IJsonWritable, IJsonReadable
{
    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, with an own suffix after a dot. Required.</summary>
    public string? DataType { get; set; }

    public string? StringValue { get; set; }

    public MemoryStream? BinaryValue { get; set; }

    /// <summary>Reserved by the service.</summary>
    public List<string>? StringListValues { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Reserved by the service.</summary>
    public List<MemoryStream>? BinaryListValues { get; set; } = Collections.Initial<List<MemoryStream>>();

    void IJsonWritable.WriteMembers(Utf8JsonWriter json)
    {
        json.Member("DataType"u8, DataType);
        json.Member("StringValue"u8, StringValue);
        json.Member("BinaryValue"u8, BinaryValue);
        json.Member("StringListValues"u8, StringListValues);
        json.Member("BinaryListValues"u8, BinaryListValues);
    }

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("DataType"))
            DataType = JsonInput.String(ref json);
        else if (json.ValueTextEquals("StringValue"))
            StringValue = JsonInput.String(ref json);
        else if (json.ValueTextEquals("BinaryValue"))
            BinaryValue = JsonInput.Binary(ref json);
        else if (json.ValueTextEquals("StringListValues"))
            StringListValues = JsonInput.StringList(ref json);
        else if (json.ValueTextEquals("BinaryListValues"))
            BinaryListValues = JsonInput.BinaryList(ref json);
        else
            JsonInput.Skip(ref json);
    }
}

/// <summary>A typed value that the service itself reads.</summary>
public class MessageSystemAttributeValue : IJsonWritable
{
    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, with an own suffix after a dot. Required.</summary>
    public string? DataType { get; set; }

    public string? StringValue { get; set; }

    public MemoryStream? BinaryValue { get; set; }

    /// <summary>Reserved by the service.</summary>
    public List<string>? StringListValues { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Reserved by the service.</summary>
    public List<MemoryStream>? BinaryListValues { get; set; } = Collections.Initial<List<MemoryStream>>();

    void IJsonWritable.WriteMembers(Utf8JsonWriter json)
    {
        json.Member("DataType"u8, DataType);
        json.Member("StringValue"u8, StringValue);
        json.Member("BinaryValue"u8, BinaryValue);
        json.Member("StringListValues"u8, StringListValues);
        json.Member("BinaryListValues"u8, BinaryListValues);
    }
}
