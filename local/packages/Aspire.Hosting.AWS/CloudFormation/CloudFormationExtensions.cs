using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aspire.Hosting.AWS.CloudFormation;

namespace Aspire.Hosting;

/// <summary>Adds CloudFormation stacks.</summary>
public static class CloudFormationExtensions
{
    private const string DefaultConfigSection = "AWS:Resources";

    public static IResourceBuilder<ICloudFormationTemplateResource> AddAWSCloudFormationTemplate(
        this IDistributedApplicationBuilder builder,
        string name,
        string templatePath,
        string? stackName = null)
    {
        var resource = new CloudFormationTemplateResource(name, stackName ?? name, templatePath);
        Provisioning.RefuseToRun(builder, resource);
        return builder.AddResource(resource)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "CloudFormationTemplate", Properties = [] })
            .WithManifestPublishingCallback(resource.WriteToManifest);
    }

    public static IResourceBuilder<ICloudFormationStackResource> AddAWSCloudFormationStack(
        this IDistributedApplicationBuilder builder,
        string name,
        string? stackName = null)
    {
        var resource = new CloudFormationStackResource(name, stackName ?? name);
        Provisioning.RefuseToRun(builder, resource);
        return builder.AddResource(resource)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "CloudFormationStack", Properties = [] })
            .WithManifestPublishingCallback(resource.WriteToManifest);
    }

    public static IResourceBuilder<ICloudFormationTemplateResource> WithParameter(
        this IResourceBuilder<ICloudFormationTemplateResource> builder,
        string parameterName,
        string parameterValue)
    {
        builder.Resource.AddParameter(parameterName, parameterValue);
        return builder;
    }

    public static IResourceBuilder<ICloudFormationResource> WithTag(
        this IResourceBuilder<ICloudFormationResource> builder,
        string tagKey,
        string tagValue)
    {
        builder.Resource.Tags[tagKey] = tagValue;
        return builder;
    }

    public static StackOutputReference GetOutput(this IResourceBuilder<ICloudFormationResource> builder, string name)
        => new(name, builder.Resource);

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder,
        string name,
        StackOutputReference stackOutputReference)
        where T : IResourceWithEnvironment
    {
        AddUser(stackOutputReference.Resource, builder.Resource);
        return builder.WithEnvironment(async context => context.EnvironmentVariables[name] = context.ExecutionContext.IsPublishMode
            ? stackOutputReference.ValueExpression
            : await stackOutputReference.GetValueAsync(context.CancellationToken) ?? "");
    }

    /// <summary>Chooses profile and region of a stack.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IAWSSDKConfig awsSdkConfig)
        where TDestination : ICloudFormationResource
    {
        builder.Resource.AWSSDKConfig = awsSdkConfig;
        return builder;
    }

    /// <summary>Gives every output of a stack to a process, as <c>AWS__Resources__OUTPUT</c>, and starts it after the stack.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<ICloudFormationResource> cloudFormationResourceBuilder,
        string configSection = DefaultConfigSection)
        where TDestination : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        ArgumentException.ThrowIfNullOrEmpty(configSection);
        AddUser(cloudFormationResourceBuilder.Resource, builder.Resource);
        return builder
            .WithReferenceRelationship(cloudFormationResourceBuilder.Resource)
            .WaitFor(cloudFormationResourceBuilder);
    }

    private static void AddUser(ICloudFormationResource stack, IResource user)
    {
        if (!stack.Annotations.OfType<CloudFormationReferenceAnnotation>().Any(a => a.TargetResource == user.Name))
            stack.Annotations.Add(new CloudFormationReferenceAnnotation(user.Name));
    }
}
