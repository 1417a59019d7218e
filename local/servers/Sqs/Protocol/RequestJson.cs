using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>Reads requests from JSON as leniently as SQS does: numbers may be strings, and strings numbers.</summary>
internal static class RequestJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        MaxDepth = 16,
        Converters = { new TextConverter(), new NumberConverter(), new MapConverter() },
    };

    /// <exception cref="SqsException">The text is no JSON object, or a member has the wrong type.</exception>
    public static SqsRequest Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? new SqsRequest() : JsonSerializer.Deserialize<SqsRequest>(body, Options) ?? throw Malformed("An object is expected.");
        }
        catch (JsonException exception)
        {
            throw Malformed(exception.Message);
        }
    }

    /// <exception cref="SqsException">A parameter has the wrong type.</exception>
    public static SqsRequest Read(JsonObject parameters)
    {
        try
        {
            return parameters.Deserialize<SqsRequest>(Options)!;
        }
        catch (JsonException exception)
        {
            throw SqsError.InvalidParameterValue.With($"Value for parameter {exception.Path?.TrimStart('$', '.')} is invalid. Reason: {exception.Message}");
        }
    }

    private static SqsException Malformed(string detail) => new(SqsError.Serialization, detail);

    private sealed class TextConverter : ReadingConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => Encoding.ASCII.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => throw new JsonException("A string is expected."),
        };
    }

    private sealed class NumberConverter : ReadingConverter<int?>
    {
        public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.Number when reader.TryGetInt32(out var value) => value,
            JsonTokenType.String when reader.ValueSpan.IsEmpty => null,
            JsonTokenType.String when int.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
            _ => throw new JsonException("An integer is expected."),
        };
    }

    /// <summary>Attributes and tags: SQS takes blanks around their names, and no null.</summary>
    private sealed class MapConverter : ReadingConverter<Dictionary<string, string>>
    {
        public override Dictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var map = new Dictionary<string, string>();
            if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object is expected.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!.Trim();
                reader.Read();
                map[name] = JsonSerializer.Deserialize<string>(ref reader, options)
                    ?? throw SqsError.InvalidParameterValue.With("the parameter 'value' may not be null");
            }

            return map;
        }
    }
}

/// <summary>A message's body as UTF-8.</summary>
internal sealed class BodyConverter : ReadingConverter<byte[]>
{
    public override byte[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("A string is expected.");
        try
        {
            // Escapes make it no longer than it is in the JSON.
            var body = new byte[reader.ValueSpan.Length];
            Array.Resize(ref body, reader.CopyString(body));
            return body;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: a character that no UTF-8 text has.
            throw MessageText.Illegal();
        }
    }
}

/// <summary>Requests are only read.</summary>
internal abstract class ReadingConverter<T> : JsonConverter<T>
{
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException();
}
