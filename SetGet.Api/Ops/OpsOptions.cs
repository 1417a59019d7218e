using Microsoft.Extensions.Options;

namespace SetGet.Api.Ops;

/// <summary>What the operators' page is told (<c>SetGet:Ops</c>).</summary>
internal sealed class OpsOptions
{
    public const string Section = "SetGet:Ops";

    /// <summary>The base of the gateway's addresses, its stage included, as <c>https://hooks.example.com/v1</c>; may be left out.</summary>
    public string? GatewayUrl { get; set; }

    /// <summary>The same without a slash at its end; null where it is left out.</summary>
    public string? Gateway => string.IsNullOrEmpty(GatewayUrl) ? null : GatewayUrl.TrimEnd('/');
}

internal sealed class OpsOptionsValidator : IValidateOptions<OpsOptions>
{
    public ValidateOptionsResult Validate(string? name, OpsOptions options)
    {
        if (options.Gateway is null || IsAddress(options.Gateway)) return ValidateOptionsResult.Success;
        return ValidateOptionsResult.Fail(
            $"{OpsOptions.Section}:{nameof(OpsOptions.GatewayUrl)} must be an address that begins with https:// or http://, without '?' and '#', or be left out.");
    }

    private static bool IsAddress(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri is { Query: "", Fragment: "" };
}
