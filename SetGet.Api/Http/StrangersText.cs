namespace SetGet.Api.Http;

/// <summary>Answers that repeat what a stranger sent.</summary>
internal static class StrangersText
{
    /// <summary>It comes from this origin: no browser may guess it into a page, or run it as one.</summary>
    public static void ForbidRendering(this IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }
}
