using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.AWS.CloudFormation;

internal sealed class CloudFormationTemplateResource(string name, string stackName, string templatePath)
    : Resource(name), ICloudFormationTemplateResource
{
    public string StackName { get; } = stackName;

    public string TemplatePath { get; } = templatePath;

    public IAWSSDKConfig? AWSSDKConfig { get; set; }

    /// <summary>The entry in the manifest, as the AWS tools for .NET read it.</summary>
    public void WriteToManifest(ManifestPublishingContext context)
    {
        context.Writer.WriteString("type", "aws.cloudformation.template.v0");
        context.Writer.WriteString("stack-name", StackName);
        context.Writer.WriteString("template-path", context.GetManifestRelativePath(TemplatePath));
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

/// <summary>A resource that uses the outputs of the stack.</summary>
internal sealed record CloudFormationReferenceAnnotation(string TargetResource) : IResourceAnnotation;

/// <summary>An output of the stack that something here cannot do without.</summary>
internal sealed record NeededOutputAnnotation(string Name) : IResourceAnnotation;
