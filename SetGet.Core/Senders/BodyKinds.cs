using SetGet.Core.Events;

namespace SetGet.Core.Senders;

/// <summary>As what a body is read.</summary>
internal enum BodyKind
{
    /// <summary>Says that it is JSON.</summary>
    Json,

    /// <summary>Fields, as a browser sends them.</summary>
    Form,

    /// <summary>May be JSON all the same: many senders say text/plain.</summary>
    Unknown,
}

/// <summary>What a content type says of a body.</summary>
internal static class BodyKinds
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string JsonSuffix = "+json";

    internal static BodyKind Of(ReadOnlySpan<char> contentType)
    {
        var end = contentType.IndexOf(';');
        var type = (end < 0 ? contentType : contentType[..end]).Trim();
        if (type.Equals(EventRequest.Json, StringComparison.OrdinalIgnoreCase) || type.EndsWith(JsonSuffix, StringComparison.OrdinalIgnoreCase)) return BodyKind.Json;
        return type.Equals(Form, StringComparison.OrdinalIgnoreCase) ? BodyKind.Form : BodyKind.Unknown;
    }

    /// <summary>Whether it could be a JSON object or array, by its first character.</summary>
    internal static bool MayHaveMembers(ReadOnlySpan<byte> body)
    {
        var start = JsonPass.WithoutMark(body).TrimStart(" \t\r\n"u8);
        return !start.IsEmpty && start[0] is (byte)'{' or (byte)'[';
    }
}
