using Microsoft.Extensions.Options;

namespace SetGet.Client;

/// <summary>How to reach the API. Bound from the configuration section <c>SetGet:Client</c> by <see cref="SetGetClientExtensions.AddSetGetClient"/>.</summary>
public sealed class SetGetClientOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "SetGet:Client";

    /// <summary>Where the API is, for example <c>https://setget.example.com</c>. A path is kept.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The API key; its role decides which methods work. May be left out beside <see cref="SigningSecret"/>, to send webhooks only.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The account to read from and set for; needed where the API key spans accounts.</summary>
    public string? Account { get; set; }

    /// <summary>The flow's secret, <c>whsec_…</c>: webhooks are signed with it by Standard Webhooks.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>Where webhooks go below <see cref="BaseAddress"/>: <c>hooks</c>; <c>signed</c> at the gateway, without an API key.</summary>
    public string HooksPath { get; set; } = "hooks";

    /// <summary>How often a request is sent again at most; 0 to 10. Default: 4.</summary>
    public int MaxRetries { get; set; } = 4;

    /// <summary>The first pause before sending again, doubled each time, where the API names none. Default: 200 ms.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest <c>Retry-After</c> that is waited for; a longer one ends the call with the answer's problem. Default: 60 s.</summary>
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that one attempt may take, beside the time that it asks the API to wait. Default: 15 s.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(15);
}

internal sealed class SetGetClientOptionsValidator : IValidateOptions<SetGetClientOptions>
{
    public ValidateOptionsResult Validate(string? name, SetGetClientOptions options)
    {
        const string Section = SetGetClientOptions.Section;
        var failures = new List<string>();
        if (options.BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            failures.Add($"{Section}:BaseAddress must be the API's URL, such as https://setget.example.com; it is '{options.BaseAddress}'.");
        if (options.SigningSecret is { } secret && !StandardWebhooks.IsSecret(secret))
            failures.Add($"{Section}:SigningSecret must be 'whsec_' and base64 of 24 to 64 bytes.");
        if (options.HooksPath is not ("hooks" or "signed")) failures.Add($"{Section}:HooksPath must be hooks or signed; it is '{options.HooksPath}'.");
        if ((options.ApiKey.Length == 0 && options.SigningSecret is null) || options.ApiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
            failures.Add($"{Section}:ApiKey must be an API key, visible ASCII characters.");
        if (options.MaxRetries is < 0 or > 10) failures.Add($"{Section}:MaxRetries must be 0 to 10; it is {options.MaxRetries}.");
        if (options.RetryDelay <= TimeSpan.Zero) failures.Add($"{Section}:RetryDelay must be above zero.");
        if (options.MaxRetryAfter < TimeSpan.Zero) failures.Add($"{Section}:MaxRetryAfter must not be negative.");
        if (options.AttemptTimeout <= TimeSpan.Zero) failures.Add($"{Section}:AttemptTimeout must be above zero.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
