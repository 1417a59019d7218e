namespace SetGet.Core.Senders;

/// <summary>Finds the id that a sender gives its event: in a header, or in the body. Shared between threads.</summary>
public sealed class SenderIds
{
    private readonly RuleSources _sources = new();
    private readonly int _place = RulePart.None;

    private SenderIds(string? header, string[]? pointer)
    {
        if (header is not null) _place = _sources.Header(header.ToLowerInvariant());
        else if (pointer is not null) _place = _sources.Pointer(pointer);
    }

    /// <summary>No id is looked for.</summary>
    public static SenderIds None { get; } = new(null, null);

    /// <summary>True where there is none to look for.</summary>
    public bool IsEmpty => _place == RulePart.None;

    /// <summary>
    /// The id, in the characters of a webhook key and encoded as in one, at most 128 long, so that it may be an idempotency key; null where the event has
    /// none, or one that is longer. Never throws, whatever the body is.
    /// </summary>
    public string? Find(ReadOnlySpan<byte> body, string contentType, IReadOnlyDictionary<string, string> headers)
    {
        if (IsEmpty) return null;
        var values = new SourceValues[_sources.Count];
        _sources.Read(body, contentType, headers, "", values);
        return values[_place].Count > 0 ? values[_place][0] : null;
    }

    internal static SenderIds Of(string? header, string[]? pointer) => header is null && pointer is null ? None : new SenderIds(header, pointer);
}
