using Microsoft.Extensions.Options;

namespace SetGet.Core.Signing;

/// <summary>How signatures of webhooks are checked (<c>SetGet:Webhooks</c>).</summary>
public sealed class WebhookOptions
{
    public const string Section = "SetGet:Webhooks";

    /// <summary>How far a signature's time may be from when the webhook came, either way. Seconds, 10 to 3600.</summary>
    public int ToleranceSeconds { get; set; } = 300;
}

internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options) => options.ToleranceSeconds is >= 10 and <= 3600
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail($"{WebhookOptions.Section}:{nameof(options.ToleranceSeconds)} must be 10 to 3600; it is {options.ToleranceSeconds}.");
}
