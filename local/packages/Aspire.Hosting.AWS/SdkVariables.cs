namespace Aspire.Hosting.AWS;

/// <summary>An SDK configuration as environment variables.</summary>
internal static class SdkVariables
{
    public static void Set(Dictionary<string, object> variables, IAWSSDKConfig config, bool replace)
    {
        if (!string.IsNullOrEmpty(config.Profile) && (replace || !variables.ContainsKey("AWS__Profile")))
        {
            variables["AWS__Profile"] = config.Profile;
            variables["AWS_PROFILE"] = config.Profile;
        }

        if (config.Region is { } region && (replace || !variables.ContainsKey("AWS__Region")))
        {
            variables["AWS__Region"] = region.SystemName;
            variables["AWS_REGION"] = region.SystemName;
        }
    }
}
