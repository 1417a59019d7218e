using System.Text.Json;
using System.Text.Json.Serialization;

namespace SetGet.Client;

/// <summary>An error as the API writes it.</summary>
internal sealed record ProblemDocument(string? Type, string? Title, int Status, string? Detail, IReadOnlyDictionary<string, string[]>? Errors, string? TraceId);

internal sealed record LeaseBody(string LeaseId);

internal sealed record ManyBody(string? Account, IReadOnlyList<string> WebhookKeys);

/// <summary>An event within an answer. <c>data</c> is kept as its text.</summary>
internal sealed record EventBody(
    string? WebhookKey, bool Found, string? Id, string? FlowId, DateTimeOffset AcceptedAt, DateTimeOffset ExpiresAt,
    string? ContentType, [property: JsonConverter(typeof(RawJsonConverter))] ReadOnlyMemory<byte>? Data, byte[]? DataBase64,
    IReadOnlyDictionary<string, string>? Headers = null)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public SetGetEvent ToEvent()
        => new(Id!, FlowId ?? "", AcceptedAt, ExpiresAt, ContentType ?? "", Data ?? DataBase64 ?? []) { Headers = Headers ?? None };
}

internal sealed record EventsBody(IReadOnlyList<EventBody> Events, string? Next, string? LeaseId);

internal sealed record ManyResultsBody(IReadOnlyList<EventBody> Results);

/// <summary>Keeps a JSON value's text, byte for byte.</summary>
internal sealed class RawJsonConverter : JsonConverter<ReadOnlyMemory<byte>?>
{
    /// <summary>null is a value like any other here: an event's data may be it.</summary>
    public override bool HandleNull => true;

    public override ReadOnlyMemory<byte>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray();
    }

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte>? value, JsonSerializerOptions options)
        => writer.WriteRawValue((value ?? default).Span);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 300)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(LeaseBody))]
[JsonSerializable(typeof(ManyBody))]
[JsonSerializable(typeof(EventsBody))]
[JsonSerializable(typeof(ManyResultsBody))]
[JsonSerializable(typeof(AcceptedSet))]
internal sealed partial class ClientJson : JsonSerializerContext;
