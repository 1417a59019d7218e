using Microsoft.Extensions.Options;

namespace SetGet.Core.Store;

/// <summary>How much is kept under one webhook key.</summary>
public sealed class HistoryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "SetGet:History";

    /// <summary>Events that are kept under one webhook key; the oldest go first. Default 1000, at most 100000.</summary>
    public int MaxEventsPerKey { get; set; } = 1000;
}

internal sealed class HistoryOptionsValidator : IValidateOptions<HistoryOptions>
{
    public ValidateOptionsResult Validate(string? name, HistoryOptions options)
        => options.MaxEventsPerKey is >= 1 and <= 100_000
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{HistoryOptions.Section}:MaxEventsPerKey is {options.MaxEventsPerKey}: it must be 1 to 100000.");
}
