using Amazon;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;

namespace Aspire.Hosting;

/// <summary>Chooses profile and region of the AWS SDK.</summary>
public static class SDKResourceExtensions
{
    public static IAWSSDKConfig AddAWSSDKConfig(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new AWSSDKConfig();
    }

    public static IAWSSDKConfig WithProfile(this IAWSSDKConfig config, string profile)
    {
        config.Profile = profile;
        return config;
    }

    public static IAWSSDKConfig WithRegion(this IAWSSDKConfig config, RegionEndpoint region)
    {
        config.Region = region;
        return config;
    }

    public static IAWSSDKConfig WithRegion(this IAWSSDKConfig config, string systemName)
        => config.WithRegion(RegionEndpoint.GetBySystemName(systemName));

    public static IAWSSDKConfig WithSdkValidation(this IAWSSDKConfig config, bool sdkValidationEnabled)
    {
        config.SDKValidationEnabled = sdkValidationEnabled;
        return config;
    }

    /// <summary>Gives profile and region to a process, under the names that SDK and configuration read.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IAWSSDKConfig awsSdkConfig)
        where TDestination : IResourceWithEnvironment
        => builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode)
                SdkVariables.Set(context.EnvironmentVariables, awsSdkConfig, replace: true);
        });
}
