using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace SetGet.Api.Http;

/// <summary>
/// <c>If-None-Match</c> by RFC 9110, 13.1.2: a list of tags compared weakly, or <c>*</c>. A header that cannot be parsed is
/// ignored, as the RFC has it for conditions that are not understood.
/// </summary>
internal readonly struct EntityTags
{
    private readonly IList<EntityTagHeaderValue>? _tags;

    private EntityTags(IList<EntityTagHeaderValue>? tags) => _tags = tags;

    /// <summary>Whether it is <c>*</c>: any event at all.</summary>
    public bool IsAny => _tags is { Count: 1 } && _tags[0].Tag == "*";

    public static EntityTags Of(HttpRequest request)
    {
        var header = request.Headers.IfNoneMatch;
        return StringValues.IsNullOrEmpty(header) || !EntityTagHeaderValue.TryParseList(header, out var tags) ? default : new EntityTags(tags);
    }

    /// <summary>Whether the event is one that the caller has.</summary>
    public bool Contain(string eventId)
    {
        if (_tags is null) return false;
        foreach (var tag in _tags)
            if (tag.Tag == "*" || tag.Tag.AsSpan().Trim('"').SequenceEqual(eventId))
                return true;
        return false;
    }
}
