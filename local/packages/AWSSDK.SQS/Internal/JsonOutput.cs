using System.Text.Json;

namespace Amazon.SQS.Internal;

/// <summary>A structure of a request.</summary>
internal interface IJsonWritable
{
    /// <summary>Writes the members that are set; the caller writes the braces.</summary>
    void WriteMembers(Utf8JsonWriter json);
}

/// <summary>Writes members of the JSON protocol; one that is null is left out.</summary>
internal static class JsonOutput
{
    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, MemoryStream? value)
    {
        if (value is not null)
            json.WriteBase64String(name, Bytes(value));
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, List<string>? values)
    {
        if (values is null)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, List<MemoryStream>? values)
    {
        if (values is null)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteBase64StringValue(Bytes(value));
        json.WriteEndArray();
    }

    internal static void Member<T>(this Utf8JsonWriter json, ReadOnlySpan<byte> name, List<T>? values)
        where T : IJsonWritable
    {
        if (values is null)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStartObject();
            value.WriteMembers(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void Member(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Dictionary<string, string>? values)
    {
        if (values is null)
            return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    internal static void Member<T>(this Utf8JsonWriter json, ReadOnlySpan<byte> name, Dictionary<string, T>? values)
        where T : IJsonWritable
    {
        if (values is null)
            return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteStartObject(key);
            value.WriteMembers(json);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>All bytes of a stream, wherever it stands, without a copy where the stream gives its buffer away.</summary>
    internal static ReadOnlySpan<byte> Bytes(MemoryStream stream) =>
        stream.TryGetBuffer(out var buffer) ? buffer : stream.ToArray();
}
