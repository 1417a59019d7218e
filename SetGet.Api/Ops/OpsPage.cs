using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace SetGet.Api.Ops;

/// <summary>
/// The files of the operators' page, out of the assembly: the page is there wherever the process was started from, and no
/// request reaches the file system.
/// </summary>
internal sealed class OpsPage
{
    /// <summary>
    /// Nothing but this host, nothing inline, nowhere to send a form, no frame around it, and no text that becomes markup:
    /// what events carry is shown here, beside the root key.
    /// </summary>
    internal const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Prefix = "ops/";
    private const string Start = "index.html";

    private readonly FrozenDictionary<string, PageFile> _files = Load();

    /// <summary>Answers with a file of the page, or 404.</summary>
    /// <param name="path">Relative to <c>/ops/</c>; empty for the page itself.</param>
    public IResult Get(HttpContext context, string? path)
    {
        if (!_files.TryGetValue(string.IsNullOrEmpty(path) ? Start : path, out var file)) return TypedResults.NotFound();
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Kept, but asked for each time: after a deployment no old module meets a new one.
        headers.CacheControl = "no-cache";
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: file.Tag);
    }

    private static FrozenDictionary<string, PageFile> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var types = new FileExtensionContentTypeProvider();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => Read(assembly, name, types));
    }

    private static PageFile Read(Assembly assembly, string name, FileExtensionContentTypeProvider types)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = types.TryGetContentType(name, out var found) ? found : "application/octet-stream";
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"");
        return new PageFile(content, type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type, tag);
    }

    private sealed record PageFile(byte[] Content, string ContentType, EntityTagHeaderValue Tag);
}
