using Microsoft.Extensions.Options;

namespace SetGet.Core.Accounts;

/// <summary>How long events are kept where nobody says otherwise, and the bounds of what anybody may say. All in seconds.</summary>
public sealed class TtlOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "SetGet:Ttl";

    /// <summary>Default: 86400, a day.</summary>
    public int DefaultSeconds { get; set; } = 86_400;

    /// <summary>Default: 1.</summary>
    public int MinimumSeconds { get; set; } = 1;

    /// <summary>Default: 2592000, thirty days.</summary>
    public int MaximumSeconds { get; set; } = 2_592_000;

    /// <summary>Brings what somebody asked for within the bounds.</summary>
    public int Clamp(int seconds) => Math.Clamp(seconds, MinimumSeconds, MaximumSeconds);
}

internal sealed class TtlOptionsValidator : IValidateOptions<TtlOptions>
{
    public ValidateOptionsResult Validate(string? name, TtlOptions options)
    {
        var errors = new List<string>();
        const string Key = TtlOptions.Section;
        if (options.MinimumSeconds < 1) errors.Add($"{Key}:MinimumSeconds is {options.MinimumSeconds}: it must be at least 1.");
        if (options.MaximumSeconds < options.MinimumSeconds)
            errors.Add($"{Key}:MaximumSeconds is {options.MaximumSeconds}: it must be at least {Key}:MinimumSeconds ({options.MinimumSeconds}).");
        if (options.DefaultSeconds < options.MinimumSeconds || options.DefaultSeconds > options.MaximumSeconds)
            errors.Add($"{Key}:DefaultSeconds is {options.DefaultSeconds}: it must be between {Key}:MinimumSeconds ({options.MinimumSeconds}) "
                + $"and {Key}:MaximumSeconds ({options.MaximumSeconds}).");
        return errors.Count > 0 ? ValidateOptionsResult.Fail(errors) : ValidateOptionsResult.Success;
    }
}
