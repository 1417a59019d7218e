using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.AWS;
using Aspire.Hosting.AWS.CloudFormation;

namespace Aspire.Hosting;

/// <summary>Adds CloudFormation stacks.</summary>
public static class CloudFormationExtensions
{
    /// <summary>
    /// Adds a stack. When published, its template is in the manifest; when run, it has been deployed before, and configuration has its outputs.
    /// </summary>
    public static IResourceBuilder<ICloudFormationTemplateResource> AddAWSCloudFormationTemplate(
        this IDistributedApplicationBuilder builder, string name, string templatePath, string? stackName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = new CloudFormationTemplateResource(name, stackName ?? name, Path.GetFullPath(templatePath, builder.AppHostDirectory));
        var outputs = new StackOutputs(builder.Configuration);
        if (builder.ExecutionContext.IsRunMode)
            builder.Eventing.Subscribe<BeforeStartEvent>((_, _) =>
            {
                outputs.CheckNeeded(resource);
                return Task.CompletedTask;
            });
        return builder.AddResource<ICloudFormationTemplateResource>(resource)
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "CloudFormationTemplate", Properties = [] })
            .OnInitializeResource((stack, started, _) => started.Notifications.PublishUpdateAsync(stack, snapshot => snapshot with
            {
                State = KnownResourceStates.Running,
                Properties = [new("aws.cloudformation.stack", stack.StackName),
                    .. outputs.All().Select(o => new ResourcePropertySnapshot($"output.{o.Name}", o.Value))],
            }))
            .WithManifestPublishingCallback(resource.WriteToManifest);
    }

    public static StackOutputReference GetOutput(this IResourceBuilder<ICloudFormationResource> builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new StackOutputReference(name, builder.Resource, new StackOutputs(builder.ApplicationBuilder.Configuration));
    }

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, StackOutputReference stackOutputReference)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(stackOutputReference);
        AddUser(stackOutputReference.Resource, builder.Resource);
        stackOutputReference.Resource.Annotations.Add(new NeededOutputAnnotation(stackOutputReference.Name));
        return builder.WithEnvironment(context => { context.EnvironmentVariables[name] = stackOutputReference; });
    }

    /// <summary>Chooses profile and region of a stack.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IAWSSDKConfig awsSdkConfig)
        where TDestination : ICloudFormationResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.AWSSDKConfig = awsSdkConfig;
        return builder;
    }

    /// <summary>Gives every output of a stack to a process, as <c>AWS__Resources__OUTPUT</c>, and starts it after the stack.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<ICloudFormationResource> cloudFormationResourceBuilder,
            string configSection = StackOutputs.Section)
        where TDestination : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(cloudFormationResourceBuilder);
        ArgumentException.ThrowIfNullOrEmpty(configSection);
        AddUser(cloudFormationResourceBuilder.Resource, builder.Resource);
        var outputs = new StackOutputs(builder.ApplicationBuilder.Configuration);
        var prefix = configSection.Replace(":", "__", StringComparison.Ordinal);
        return builder
            .WithEnvironment(context =>
            {
                if (!context.ExecutionContext.IsRunMode) return;
                foreach (var (name, value) in outputs.All()) context.EnvironmentVariables[$"{prefix}__{name}"] = value;
            })
            .WithReferenceRelationship(cloudFormationResourceBuilder.Resource)
            .WaitFor(cloudFormationResourceBuilder);
    }

    private static void AddUser(ICloudFormationResource stack, IResource user)
    {
        if (!stack.Annotations.OfType<CloudFormationReferenceAnnotation>().Any(a => a.TargetResource == user.Name))
            stack.Annotations.Add(new CloudFormationReferenceAnnotation(user.Name));
    }
}
