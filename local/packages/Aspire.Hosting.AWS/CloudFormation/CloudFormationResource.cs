using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.AWS.CloudFormation;

internal abstract class CloudFormationResource : Resource, ICloudFormationResource
{
    protected CloudFormationResource(string name, string stackName)
        : base(name)
        => StackName = stackName;

    public string StackName { get; }

    public IAWSSDKConfig? AWSSDKConfig { get; set; }

    public TaskCompletionSource? ProvisioningTaskCompletionSource { get; set; }

    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public abstract void WriteToManifest(ManifestPublishingContext context);

    protected void WriteReferences(ManifestPublishingContext context)
    {
        context.Writer.WriteStartArray("references");
        foreach (var user in Annotations.OfType<CloudFormationReferenceAnnotation>())
        {
            context.Writer.WriteStartObject();
            context.Writer.WriteString("target-resource", user.TargetResource);
            context.Writer.WriteEndObject();
        }

        context.Writer.WriteEndArray();
    }
}

internal sealed class CloudFormationStackResource : CloudFormationResource, ICloudFormationStackResource
{
    public CloudFormationStackResource(string name, string stackName)
        : base(name, stackName)
    {
    }

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        context.Writer.WriteString("type", "aws.cloudformation.stack.v0");
        context.Writer.WriteString("stack-name", StackName);
        WriteReferences(context);
    }
}

internal sealed class CloudFormationTemplateResource : CloudFormationResource, ICloudFormationTemplateResource
{
    public CloudFormationTemplateResource(string name, string stackName, string templatePath)
        : base(name, stackName)
        => TemplatePath = templatePath;

    public string TemplatePath { get; }

    public string? RoleArn { get; set; }

    public int StackPollingInterval { get; set; } = 3;

    public bool DisableDiffCheck { get; set; }

    public IList<string> DisabledCapabilities { get; } = [];

    public IDictionary<string, string> Parameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public ICloudFormationTemplateResource AddParameter(string parameterName, string parameterValue)
    {
        Parameters[parameterName] = parameterValue;
        return this;
    }

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        context.Writer.WriteString("type", "aws.cloudformation.template.v0");
        context.Writer.WriteString("stack-name", StackName);
        context.Writer.WriteString("template-path", context.GetManifestRelativePath(TemplatePath));
        WriteReferences(context);
    }
}

/// <summary>A resource that uses the outputs of the stack.</summary>
internal sealed record CloudFormationReferenceAnnotation(string TargetResource) : IResourceAnnotation;
