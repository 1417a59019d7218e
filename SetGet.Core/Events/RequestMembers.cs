using System.Text;
using System.Text.Json;

namespace SetGet.Core.Events;

/// <summary>The two shapes of a request: JSON that says where its data goes (<c>set</c>), and a raw webhook (<c>hook</c>).</summary>
[Flags]
internal enum RequestKind
{
    None = 0,
    Set = 1,
    Hook = 2,
    Both = Set | Hook,
}

/// <summary>A member of a request.</summary>
/// <param name="In">The shapes that may have it.</param>
/// <param name="RequiredIn">The shapes that must.</param>
/// <param name="Reason">The dead letter that a message becomes whose member is wrong.</param>
internal sealed record RequestMember(string Name, RequestKind In, RequestKind RequiredIn, string Reason)
{
    internal delegate void ReadValue(ref Utf8JsonReader reader, RequestBuilder into);

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>Reads the value at which the reader stands.</summary>
    internal required ReadValue Read { get; init; }

    /// <summary>Writes name and value of a raw webhook's member. A set request travels as its sender wrote it.</summary>
    internal Action<Utf8JsonWriter, EventRequest>? Write { get; init; }
}

/// <summary>
/// The members of <c>set</c> and <c>hook</c>, wherever they are read, written or refused. To add one: a line here, its rule in RequestRules.cs, and a property
/// of <see cref="EventRequest"/>.
/// </summary>
internal static class RequestMembers
{
    internal static readonly RequestMember AccountId = new("accountId", RequestKind.Both, RequestKind.Both, DeadLetterReasons.InvalidAccount)
    {
        Read = static (ref reader, into) => into.AccountId(Text(ref reader)),
        Write = static (json, request) => json.WriteString("accountId"u8, request.AccountId),
    };

    internal static readonly RequestMember FlowId = new("flowId", RequestKind.Both, RequestKind.Both, DeadLetterReasons.InvalidFlow)
    {
        Read = static (ref reader, into) => into.FlowId(Text(ref reader)),
        Write = static (json, request) => json.WriteString("flowId"u8, request.FlowId),
    };

    internal static readonly RequestMember WebhookKeys = new("webhookKeys", RequestKind.Both, RequestKind.Both, DeadLetterReasons.NoWebhookKeys)
    {
        Read = ReadKeys,
        Write = static (json, request) => WriteKeys(json, "webhookKeys"u8, request.WebhookKeys),
    };

    internal static readonly RequestMember ContentType = new("contentType", RequestKind.Hook, RequestKind.Hook, DeadLetterReasons.InvalidRequest)
    {
        Read = static (ref reader, into) => into.ContentType(Text(ref reader)),
        Write = static (json, request) => json.WriteString("contentType"u8, request.ContentType),
    };

    internal static readonly RequestMember Headers = new("headers", RequestKind.Hook, RequestKind.None, DeadLetterReasons.InvalidHeaders)
    {
        Read = ReadHeaders,
        Write = static (json, request) =>
        {
            if (request.Headers.Count == 0) return;
            json.WriteStartObject("headers"u8);
            foreach (var (name, value) in request.Headers) json.WriteString(name, value);
            json.WriteEndObject();
        },
    };

    internal static readonly RequestMember TtlSeconds = new("ttlSeconds", RequestKind.Both, RequestKind.None, DeadLetterReasons.InvalidTtl)
    {
        Read = ReadTtl,
        Write = static (json, request) =>
        {
            if (request.TtlSeconds is { } seconds) json.WriteNumber("ttlSeconds"u8, seconds);
        },
    };

    internal static readonly RequestMember Data = new("data", RequestKind.Set, RequestKind.Set, DeadLetterReasons.InvalidRequest) { Read = ReadData };

    internal static readonly RequestMember Body = new("body", RequestKind.Hook, RequestKind.Hook, DeadLetterReasons.InvalidRequest)
    {
        Read = ReadBody,
        Write = static (json, request) => json.WriteBase64String("body"u8, request.Data.Span),
    };

    /// <summary>In the order in which they are written.</summary>
    internal static readonly RequestMember[] All = [AccountId, FlowId, WebhookKeys, ContentType, TtlSeconds, Headers, Data, Body];

    /// <summary>A string or a property name; "", which no member accepts, for what is none.</summary>
    internal static string Text(ref Utf8JsonReader reader) => TextOrNull(ref reader) ?? "";

    /// <summary>A string or a property name; null for what is none: another type, an escaped lone surrogate.</summary>
    internal static string? TextOrNull(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            reader.Skip();
            return null;
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void ReadKeys(ref Utf8JsonReader reader, RequestBuilder into)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            into.Fail(WebhookKeys, "Must be an array of webhook keys.");
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) into.AddWebhookKey(Text(ref reader));
    }

    internal static void WriteKeys(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> keys)
    {
        json.WriteStartArray(name);
        foreach (var key in keys) json.WriteStringValue(key);
        json.WriteEndArray();
    }

    private static void ReadTtl(ref Utf8JsonReader reader, RequestBuilder into)
    {
        into.TtlSeconds(reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var seconds) ? seconds : 0);
        reader.Skip();
    }

    private static void ReadData(ref Utf8JsonReader reader, RequestBuilder into)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        into.Data = into.Text[start..(int)reader.BytesConsumed];
    }

    private static void ReadHeaders(ref Utf8JsonReader reader, RequestBuilder into)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            into.Fail(Headers, "Must be an object of strings.");
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader);
            reader.Read();
            into.AddHeader(name, TextOrNull(ref reader));
        }
    }

    private static void ReadBody(ref Utf8JsonReader reader, RequestBuilder into)
    {
        if (reader.TokenType == JsonTokenType.String && Base64(ref reader) is { } bytes) into.Data = bytes;
        else into.Fail(Body, "Must be a string of base64.");
        reader.Skip();
    }

    private static byte[]? Base64(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TryGetBytesFromBase64(out var bytes) ? bytes : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate: no text, and so no base64.
            return null;
        }
    }
}
