using Microsoft.Extensions.FileProviders;

namespace SetGet.Api.Ops;

/// <summary>
/// The files of the operators' page, out of the assembly: the page is there wherever the process was started from, and no
/// request reaches the file system.
/// </summary>
internal static class OpsPage
{
    private const string Folder = "/ops";

    /// <summary>
    /// Nothing but this host, nothing inline, nowhere to send a form, no frame around it, and no text that becomes markup:
    /// what events carry is shown here, beside the root key.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    /// <summary>Serves them under <c>/ops</c>; what is none of them goes on to the routes.</summary>
    public static void UseOpsPage(this WebApplication app)
    {
        var options = new FileServerOptions
        {
            RequestPath = Folder,
            RedirectToAppendTrailingSlash = false,
            FileProvider = new EmbeddedFileProvider(typeof(OpsPage).Assembly, "SetGet.Api.wwwroot.ops"),
        };
        options.StaticFileOptions.OnPrepareResponse = file => AddHeaders(file.Context.Response);
        // Files of one folder alone: what asks for others, which is nearly all, does not pass the two layers of a file server.
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Folder, StringComparison.OrdinalIgnoreCase), page => page.UseFileServer(options));
    }

    private static void AddHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        if (response.ContentType?.StartsWith("text/", StringComparison.Ordinal) == true) response.ContentType += "; charset=utf-8";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Kept, but asked for each time: after a deployment no old module meets a new one.
        headers.CacheControl = "no-cache";
    }
}
