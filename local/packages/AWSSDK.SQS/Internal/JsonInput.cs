using System.Text.Json;
using Amazon.Runtime.Internal.Util;

namespace Amazon.SQS.Internal;

/// <summary>A structure of a response.</summary>
internal interface IJsonReadable
{
    /// <summary>Reads the member whose name the reader stands at, or skips it: the service may add some at any time.</summary>
    void ReadMember(ref StreamingUtf8JsonReader json);
}

/// <summary>
/// Reads values of the JSON protocol. The reader stands at what is before the value (a name, or an item of an array) and is
/// left at the value's last token. Null, or a value of another type, is as if it were absent.
/// </summary>
internal static class JsonInput
{
    internal static string? String(ref StreamingUtf8JsonReader json) =>
        Next(ref json, JsonTokenType.String) ? json.GetString() : null;

    internal static int? Int32(ref StreamingUtf8JsonReader json) =>
        Next(ref json, JsonTokenType.Number) && json.TryGetInt32(out var value) ? value : null;

    internal static long? Int64(ref StreamingUtf8JsonReader json) =>
        Next(ref json, JsonTokenType.Number) && json.TryGetInt64(out var value) ? value : null;

    internal static bool? Boolean(ref StreamingUtf8JsonReader json)
    {
        Read(ref json);
        if (json.TokenType is JsonTokenType.True or JsonTokenType.False)
            return json.GetBoolean();
        SkipRest(ref json);
        return null;
    }

    internal static MemoryStream? Binary(ref StreamingUtf8JsonReader json) =>
        Next(ref json, JsonTokenType.String) ? Bytes(ref json) : null;

    internal static List<string>? StringList(ref StreamingUtf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.StartArray))
            return null;
        var values = new List<string>();
        while (Item(ref json))
            if (json.TokenType == JsonTokenType.String)
                values.Add(json.GetString());
            else
                SkipRest(ref json);
        return values;
    }

    internal static List<MemoryStream>? BinaryList(ref StreamingUtf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.StartArray))
            return null;
        var values = new List<MemoryStream>();
        while (Item(ref json))
            if (json.TokenType == JsonTokenType.String)
                values.Add(Bytes(ref json));
            else
                SkipRest(ref json);
        return values;
    }

    internal static List<T>? List<T>(ref StreamingUtf8JsonReader json)
        where T : IJsonReadable, new()
    {
        if (!Next(ref json, JsonTokenType.StartArray))
            return null;
        var values = new List<T>();
        while (Item(ref json))
            if (json.TokenType == JsonTokenType.StartObject)
                values.Add(Members(ref json, new T()));
            else
                SkipRest(ref json);
        return values;
    }

    internal static Dictionary<string, string>? StringMap(ref StreamingUtf8JsonReader json)
    {
        if (!Next(ref json, JsonTokenType.StartObject))
            return null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Name(ref json) is { } name)
            if (String(ref json) is { } value)
                values[name] = value;
        return values;
    }

    internal static Dictionary<string, T>? Map<T>(ref StreamingUtf8JsonReader json)
        where T : IJsonReadable, new()
    {
        if (!Next(ref json, JsonTokenType.StartObject))
            return null;
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        while (Name(ref json) is { } name)
            if (Next(ref json, JsonTokenType.StartObject))
                values[name] = Members(ref json, new T());
        return values;
    }

    /// <summary>Reads an object whose opening brace the reader stands at.</summary>
    internal static T Members<T>(ref StreamingUtf8JsonReader json, T target)
        where T : IJsonReadable
    {
        Read(ref json);
        while (json.TokenType == JsonTokenType.PropertyName)
        {
            target.ReadMember(ref json);
            Read(ref json);
        }

        return target;
    }

    internal static void Skip(ref StreamingUtf8JsonReader json)
    {
        Read(ref json);
        SkipRest(ref json);
    }

    /// <summary>Moves to the next value; one of another type is skipped.</summary>
    private static bool Next(ref StreamingUtf8JsonReader json, JsonTokenType expected)
    {
        Read(ref json);
        if (json.TokenType == expected)
            return true;
        SkipRest(ref json);
        return false;
    }

    private static bool Item(ref StreamingUtf8JsonReader json)
    {
        Read(ref json);
        return json.TokenType != JsonTokenType.EndArray;
    }

    private static string? Name(ref StreamingUtf8JsonReader json)
    {
        Read(ref json);
        return json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;
    }

    private static MemoryStream Bytes(ref StreamingUtf8JsonReader json) =>
        json.TryGetBytesFromBase64(out var bytes) ? new MemoryStream(bytes) : throw new JsonException("A binary value is not base64.");

    private static void SkipRest(ref StreamingUtf8JsonReader json)
    {
        var depth = 0;
        while (true)
        {
            if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                depth++;
            else if (json.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                depth--;
            if (depth == 0)
                return;
            Read(ref json);
        }
    }

    private static void Read(ref StreamingUtf8JsonReader json)
    {
        if (!json.Read())
            throw new JsonException("The answer ends within a value.");
    }
}
