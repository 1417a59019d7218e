using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SetGet.Api.Http;

/// <summary>Times in HTTP: RFC 3339, UTC, milliseconds: <c>2026-01-31T12:00:00.123Z</c>.</summary>
internal static class Rfc3339
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static string Text(long epochMilliseconds) => Text(DateTimeOffset.FromUnixTimeMilliseconds(epochMilliseconds));
}

/// <summary>Writes times with milliseconds; reads what the framework reads (RFC 3339 with any offset).</summary>
internal sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)) return time;
        throw new JsonException("could not be converted");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Rfc3339.Text(value));
}
