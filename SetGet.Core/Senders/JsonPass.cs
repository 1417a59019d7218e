using System.Text.Json;
using SetGet.Core.Events;

namespace SetGet.Core.Senders;

/// <summary>One pass over a JSON body: notes what the pointers of all rules ask for, and skips what none does. No tree is built.</summary>
internal static class JsonPass
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = RequestReader.MaxDepth };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Null; or where it is no JSON. Then what was found is worth nothing.</summary>
    internal static string? Read(ReadOnlySpan<byte> body, PointerNode root, Span<SourceValues> values)
    {
        var text = WithoutMark(body);
        try
        {
            var reader = new Utf8JsonReader(text, Options);
            reader.Read();
            Visit(ref reader, root, values);
            // To the end: throws where anything follows.
            reader.Read();
            return null;
        }
        catch (JsonException e)
        {
            var column = (e.BytePositionInLine ?? 0) + 1 + (e.LineNumber is 0 or null ? body.Length - text.Length : 0);
            return $"line {(e.LineNumber ?? 0) + 1}, byte {column}, or nested deeper than {RequestReader.MaxDepth}";
        }
    }

    /// <summary>Some senders put a byte order mark before their text. It is no JSON, but no reason to lose an event either.</summary>
    internal static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;

    // As deep as the pointers go, and no deeper.
    private static void Visit(ref Utf8JsonReader reader, PointerNode node, Span<SourceValues> values)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                values[node.Source].Why = NoValue.IsObject;
                VisitMembers(ref reader, node, values);
                break;
            case JsonTokenType.StartArray:
                values[node.Source].Why = NoValue.NoScalarInArray;
                VisitElements(ref reader, node, values);
                break;
            default:
                if (!node.IsAsked) break;
                values[node.Source].Why = Encode(ref reader, out var value);
                if (value is not null) values[node.Source].Add(value);
                break;
        }
    }

    private static void VisitMembers(ref Utf8JsonReader reader, PointerNode node, Span<SourceValues> values)
    {
        var missing = node.Children.Length;
        if (missing == 0)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (missing == 0 || Find(ref reader, node.Children, values) is not { } child)
            {
                reader.Skip();
                continue;
            }

            missing--;
            values[child.Source].IsMet = true;
            reader.Read();
            Visit(ref reader, child, values);
        }
    }

    private static void VisitElements(ref Utf8JsonReader reader, PointerNode node, Span<SourceValues> values)
    {
        if (!node.IsAsked && node.LastIndex < 0)
        {
            reader.Skip();
            return;
        }

        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (node.IsAsked && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                Encode(ref reader, out var value);
                if (value is not null) values[node.Source].Add(value);
            }

            if (node.ChildAt(i) is { } child) Visit(ref reader, child, values);
            else reader.Skip();
        }
    }

    private static PointerNode? Find(ref Utf8JsonReader reader, PointerNode[] among, Span<SourceValues> values)
    {
        if (reader.ValueIsEscaped) return FindEscaped(reader.ValueSpan, among, values);
        foreach (var child in among)
            if (!values[child.Source].IsMet && reader.ValueTextEquals(child.Utf8Name)) return child;
        return null;
    }

    // The reader itself throws at a name with half of a surrogate pair; a body may have a hundred thousand of them.
    private static PointerNode? FindEscaped(ReadOnlySpan<byte> raw, PointerNode[] among, Span<SourceValues> values)
    {
        Span<byte> buffer = stackalloc byte[PointerNode.MaxNameLength];
        if (!JsonText.TryUnescape(raw, buffer, out var length, out _)) return null;
        foreach (var child in among)
            if (!values[child.Source].IsMet && buffer[..length].SequenceEqual(child.Utf8Name)) return child;
        return null;
    }

    private static NoValue Encode(ref Utf8JsonReader reader, out string? value)
    {
        value = null;
        if (reader.TokenType == JsonTokenType.Null) return NoValue.Null;
        if (!reader.ValueIsEscaped) return KeyText.Encode(reader.ValueSpan, out value);
        Span<byte> buffer = stackalloc byte[KeyText.MaxLength];
        return JsonText.TryUnescape(reader.ValueSpan, buffer, out var length, out var why) ? KeyText.Encode(buffer[..length], out value) : why;
    }
}
