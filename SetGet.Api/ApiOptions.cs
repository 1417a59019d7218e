using Microsoft.Extensions.Options;

namespace SetGet.Api;

/// <summary>The API's own settings (<c>SetGet</c>).</summary>
internal sealed class ApiOptions
{
    public const string Section = "SetGet";

    /// <summary>Shortest root key. Characters.</summary>
    public const int MinRootKeyLength = 12;

    /// <summary>The key that may do everything; at least 12 visible ASCII characters.</summary>
    public string RootKey { get; set; } = "";
}

internal sealed class ApiOptionsValidator : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        var key = options.RootKey;
        if (key.Length >= ApiOptions.MinRootKeyLength && key.Length <= 256
            && !key.AsSpan().ContainsAnyExceptInRange('!', '~')) return ValidateOptionsResult.Success;
        return ValidateOptionsResult.Fail(
            $"{ApiOptions.Section}:{nameof(ApiOptions.RootKey)} must be {ApiOptions.MinRootKeyLength} to 256 visible ASCII characters; "
            + (key.Length == 0 ? "it is not set. Set the environment variable SetGet__RootKey." : $"it has {key.Length} characters, or others than those."));
    }
}
