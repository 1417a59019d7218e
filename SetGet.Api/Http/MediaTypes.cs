using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SetGet.Api.Problems;

namespace SetGet.Api.Http;

/// <summary>What a content type means to this API.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Unknown = "application/octet-stream";

    /// <exception cref="ProblemException">415: the body is not said to be JSON in UTF-8, or is compressed.</exception>
    public static void RequireJson(HttpRequest request)
    {
        RequireNoCoding(request);
        if (IsJson(request.ContentType)) return;
        var was = string.IsNullOrEmpty(request.ContentType) ? "This request names no content type" : $"This request's is '{request.ContentType}'";
        throw new ProblemException(ProblemKinds.UnsupportedMedia(
            $"{was}; send JSON in UTF-8 with the header 'Content-Type: application/json' (curl: -H 'Content-Type: application/json')."));
    }

    /// <exception cref="ProblemException">415: the body is compressed, and would be stored without that being known.</exception>
    public static void RequireNoCoding(HttpRequest request)
    {
        var transfer = request.Headers.TransferEncoding.ToString();
        if (transfer.Length > 0 && !transfer.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(
                ProblemKinds.UnsupportedMedia($"The transfer coding '{transfer}' is not supported; send the body as it is, or chunked."));
        var coding = request.Headers.ContentEncoding.ToString();
        if (coding.Length > 0 && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(
                ProblemKinds.UnsupportedMedia($"The content coding '{coding}' is not supported; send the body as it is, without Content-Encoding."));
    }

    /// <summary>Whether a content type is JSON (<c>application/json</c>, or a type that ends in <c>+json</c>) in UTF-8.</summary>
    public static bool IsJson(string? contentType)
    {
        if (contentType == Json) return true;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return false;
        var isJson = type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);
        return isJson && (!type.Charset.HasValue || IsUtf8(HeaderUtilities.RemoveQuotes(type.Charset)));
    }

    // "utf8" is no registered name, but what many senders write, and what browsers take it for.
    private static bool IsUtf8(StringSegment charset)
        => charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase);
}
