using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SetGet.Api.Http;

/// <summary>
/// The tags of <c>If-None-Match</c> or <c>If-Match</c> by RFC 9110, 13.1: a list, or <c>*</c>. An <c>If-None-Match</c> that cannot be parsed is
/// ignored, as the RFC has it for conditions that are not understood; an <c>If-Match</c> matches nothing then.
/// </summary>
internal readonly struct EntityTags
{
    private readonly IList<EntityTagHeaderValue>? _tags;

    private EntityTags(IList<EntityTagHeaderValue>? tags) => _tags = tags;

    /// <summary>Whether the header is there, and could be read.</summary>
    public bool AreGiven => _tags is not null;

    /// <summary>Whether it is <c>*</c>: any event at all.</summary>
    public bool IsAny => _tags is { Count: 1 } && _tags[0].Tag == "*";

    /// <summary>The events that are named. A weak tag is none of a strong comparison.</summary>
    public IEnumerable<string> StrongIds => _tags?.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.AsSpan().Trim('"').ToString()) ?? [];

    public static EntityTags NoneMatch(HttpRequest request) => Read(request.Headers.IfNoneMatch, otherwise: null);

    public static EntityTags Match(HttpRequest request) => Read(request.Headers.IfMatch, otherwise: []);

    /// <summary>Whether the event is one that the caller has.</summary>
    public bool Contain(string eventId)
    {
        if (_tags is null) return false;
        foreach (var tag in _tags)
            if (tag.Tag == "*" || tag.Tag.AsSpan().Trim('"').SequenceEqual(eventId))
                return true;
        return false;
    }

    private static EntityTags Read(StringValues header, IList<EntityTagHeaderValue>? otherwise)
    {
        if (StringValues.IsNullOrEmpty(header)) return default;
        try
        {
            return new EntityTags(EntityTagHeaderValue.TryParseList(header, out var tags) ? tags : otherwise);
        }
        catch (ArgumentOutOfRangeException)
        {
            // The framework looks behind the end of "W/" with blanks after it.
            return new EntityTags(otherwise);
        }
    }
}
