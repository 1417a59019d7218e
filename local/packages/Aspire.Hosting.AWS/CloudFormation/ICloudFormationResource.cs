using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>A CloudFormation stack.</summary>
public interface ICloudFormationResource : IAWSResource, IResourceWithWaitSupport
{
    string StackName { get; }
}

/// <summary>A stack that is made of a template.</summary>
public interface ICloudFormationTemplateResource : ICloudFormationResource
{
    string TemplatePath { get; }
}
