using System.Text.Json;
using System.Text.Unicode;

namespace SetGet.Core.Events;

/// <summary>
/// Reads a request, <c>set</c> or <c>hook</c>, in one pass and without copying the data. Strict: an unknown or repeated member, or one of
/// the wrong type, is an error that names it. The members are in <see cref="RequestMembers"/>.
/// </summary>
public static class RequestReader
{
    /// <summary>Deepest nesting of objects and arrays that is accepted.</summary>
    public const int MaxDepth = 256;

    private const int MaxNameInError = 64;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads the body of <c>POST /set</c>. Null when <paramref name="errors"/> has got something.</summary>
    public static EventRequest? Read(ReadOnlyMemory<byte> utf8, InputErrors errors)
    {
        if (!IsSendable(utf8.Span, errors)) return null;
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, Options);
            reader.Read();
            var request = ReadObject(ref reader, utf8, RequestKind.Set, errors);
            if (reader.Read()) errors.Add(InputErrors.Body, "Must be one JSON object and nothing after it.");
            return errors.Any ? null : request;
        }
        catch (JsonException e)
        {
            errors.Add(InputErrors.Body, $"Is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}, or nested deeper than {MaxDepth}.");
            return null;
        }
    }

    /// <summary>
    /// True for text that SQS can carry. JSON allows U+FFFE and U+FFFF, SQS does not; whatever else SQS refuses is not UTF-8 or, being
    /// a control character, must be escaped in JSON.
    /// </summary>
    public static bool IsSendable(ReadOnlySpan<byte> utf8, InputErrors errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (!Utf8.IsValid(utf8)) errors.Add(InputErrors.Body, "Is not valid UTF-8.");
        else if (utf8.IndexOf("\uFFFE"u8) >= 0 || utf8.IndexOf("\uFFFF"u8) >= 0)
            errors.Add(InputErrors.Body, "Contains U+FFFE or U+FFFF, which the queue cannot carry: write them as \\uFFFE and \\uFFFF.");
        else return true;
        return false;
    }

    /// <summary>Reads the object at whose start the reader stands, and leaves the reader at its end.</summary>
    internal static EventRequest? ReadObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, RequestKind kind, InputErrors errors)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            errors.Add(InputErrors.Body, "Must be a JSON object.");
            reader.Skip();
            return null;
        }

        var builder = new RequestBuilder(errors, utf8) { MayHaveNoKeys = kind == RequestKind.Hook };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = Find(ref reader, kind);
            if (index < 0)
            {
                SkipUnknown(ref reader, errors);
                continue;
            }

            builder.NoteMember(index);
            reader.Read();
            RequestMembers.All[index].Read(ref reader, builder);
        }

        return builder.Build(kind);
    }

    private static int Find(ref Utf8JsonReader reader, RequestKind kind)
    {
        // A name with escapes is compared as text: the reader itself throws at one that is no text.
        var escaped = reader.ValueIsEscaped ? RequestMembers.Text(ref reader) : null;
        for (var i = 0; i < RequestMembers.All.Length; i++)
        {
            var member = RequestMembers.All[i];
            if (!member.In.HasFlag(kind)) continue;
            if (escaped is null ? reader.ValueTextEquals(member.Utf8Name) : escaped == member.Name) return i;
        }

        return -1;
    }

    private static void SkipUnknown(ref Utf8JsonReader reader, InputErrors errors)
    {
        var name = RequestMembers.Text(ref reader);
        if (name.Length > 0) errors.Add(name.Length > MaxNameInError ? name[..MaxNameInError] : name, "Is not a member of this object: take it out.");
        else errors.Add(InputErrors.Body,
            $"Has a member whose name is empty or no text (half of a surrogate pair), at byte {reader.TokenStartIndex + 1}: take it out.");
        reader.Read();
        reader.Skip();
    }
}
