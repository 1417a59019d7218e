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

    /// <summary>Gives profile and region to a process, under the names that SDK and configuration read. Where it runs here: in AWS it has its own.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IAWSSDKConfig awsSdkConfig)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(awsSdkConfig);
        return builder.WithEnvironment(context =>
        {
            if (!context.ExecutionContext.IsRunMode) return;
            if (awsSdkConfig.Profile is { Length: > 0 } profile)
                context.EnvironmentVariables["AWS__Profile"] = context.EnvironmentVariables["AWS_PROFILE"] = profile;
            if (awsSdkConfig.Region is { } region)
                context.EnvironmentVariables["AWS__Region"] = context.EnvironmentVariables["AWS_REGION"] = region.SystemName;
        });
    }
}
