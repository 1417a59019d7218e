using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sqs.Protocol.Json;

/// <summary>
/// Reads a request of the JSON protocol in one pass over the bytes as they came. Members are told apart by name alone: no
/// operation uses a name for two things, but for <c>VisibilityTimeout</c> and the like, which entries have too.
/// </summary>
internal static class JsonRequestReader
{
    /// <exception cref="SqsException">The text is no JSON object, or a member has the wrong type.</exception>
    public static SqsRequest Read(ReadOnlyMemory<byte> body)
    {
        var request = new SqsRequest();
        if (body.IsEmpty) return request;
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = 16 });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw Malformed("Start of structure or map found where not expected.");
            while (NextMember(ref reader)) Member(ref reader, request, body);
            if (reader.Read()) throw Malformed("Unexpected text after the request.");
            return request;
        }
        catch (JsonException exception)
        {
            throw Malformed(exception.Message);
        }
    }

    private static void Member(ref Utf8JsonReader reader, SqsRequest request, ReadOnlyMemory<byte> text)
    {
        if (JsonMessageReader.TryMember(ref reader, request.Message, text)) return;
        switch (Name(ref reader))
        {
            case "QueueUrl": request.QueueUrl = Text(ref reader); break;
            case "QueueName": request.QueueName = Text(ref reader); break;
            case "QueueOwnerAWSAccountId": request.QueueOwner = Text(ref reader); break;
            case "QueueNamePrefix": request.Prefix = Text(ref reader); break;
            case "MaxResults": request.MaxResults = Number(ref reader); break;
            case "NextToken": request.NextToken = Text(ref reader); break;
            case "Attributes": Map(ref reader, request.Attributes); break;
            case "Tags" or "tags": Map(ref reader, request.Tags); break;
            case "TagKeys": Texts(ref reader, request.TagKeys); break;
            case "AttributeNames": Texts(ref reader, request.AttributeNames); break;
            case "MessageAttributeNames": Texts(ref reader, request.MessageAttributeNames); break;
            case "MessageSystemAttributeNames": Texts(ref reader, request.SystemAttributeNames); break;
            case "MaxNumberOfMessages": request.MaxNumberOfMessages = Number(ref reader); break;
            case "VisibilityTimeout": request.VisibilityTimeout = Number(ref reader); break;
            case "WaitTimeSeconds": request.WaitTimeSeconds = Number(ref reader); break;
            case "ReceiveRequestAttemptId": request.ReceiveRequestAttemptId = Text(ref reader); break;
            case "ReceiptHandle": request.ReceiptHandle = Text(ref reader); break;
            case "Entries": Entries(ref reader, request.Entries, text); break;
            case "Label": request.Label = Text(ref reader); break;
            case "AWSAccountIds": Texts(ref reader, request.AccountIds); break;
            case "Actions": Texts(ref reader, request.Actions); break;
            case "SourceArn": request.SourceArn = Text(ref reader); break;
            case "DestinationArn": request.DestinationArn = Text(ref reader); break;
            case "MaxNumberOfMessagesPerSecond": request.MaxMessagesPerSecond = Number(ref reader); break;
            case "TaskHandle": request.TaskHandle = Text(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private static void Entries(ref Utf8JsonReader reader, List<SqsEntry> entries, ReadOnlyMemory<byte> text)
    {
        if (!Enter(ref reader, JsonTokenType.StartArray)) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw Malformed("Entries holds objects.");
            var entry = new SqsEntry();
            while (NextMember(ref reader))
            {
                if (JsonMessageReader.TryMember(ref reader, entry.Message, text)) continue;
                switch (Name(ref reader))
                {
                    case "Id": entry.Id = Text(ref reader); break;
                    case "ReceiptHandle": entry.ReceiptHandle = Text(ref reader); break;
                    case "VisibilityTimeout": entry.VisibilityTimeout = Number(ref reader); break;
                    default: reader.Skip(); break;
                }
            }

            entries.Add(entry);
        }
    }

    /// <summary>Moves to the next member's name; false at the object's end.</summary>
    internal static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>The member's name; moves to its value.</summary>
    internal static string Name(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        reader.Read();
        return name;
    }

    internal static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Decode(ref reader),
        JsonTokenType.Null => null,
        JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => throw Malformed("A string is expected."),
    };

    internal static int? Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt32(out var value) => value,
        JsonTokenType.String when int.TryParse(Decode(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        JsonTokenType.Null => null,
        _ => throw Malformed("An integer is expected."),
    };

    /// <summary>True inside an array or object of the expected kind; false for null.</summary>
    internal static bool Enter(ref Utf8JsonReader reader, JsonTokenType start)
    {
        if (reader.TokenType == start) return true;
        return reader.TokenType == JsonTokenType.Null ? false : throw Malformed(start == JsonTokenType.StartArray ? "An array is expected." : "An object is expected.");
    }

    internal static SqsException Malformed(string detail) => new(SqsError.Serialization, detail);

    private static string Decode(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Malformed("A string is not valid UTF-8, or has half a surrogate pair.");
        }
    }

    private static void Texts(ref Utf8JsonReader reader, List<string> values)
    {
        if (!Enter(ref reader, JsonTokenType.StartArray)) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (Text(ref reader) is { } text) values.Add(text);
    }

    private static void Map(ref Utf8JsonReader reader, Dictionary<string, string> values)
    {
        if (!Enter(ref reader, JsonTokenType.StartObject)) return;
        while (NextMember(ref reader))
        {
            var name = Name(ref reader);
            values[name.Trim()] = Text(ref reader)
                ?? throw new SqsException(SqsError.InvalidParameterValue, "the parameter 'value' may not be null");
        }
    }
}
