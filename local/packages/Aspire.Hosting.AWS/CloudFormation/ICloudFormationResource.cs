using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>A CloudFormation stack.</summary>
public interface ICloudFormationResource : IAWSResource, IResourceWithWaitSupport
{
    string StackName { get; }

    IDictionary<string, string> Tags { get; }
}

/// <summary>A stack that somebody else has made.</summary>
public interface ICloudFormationStackResource : ICloudFormationResource;

/// <summary>A stack that is made of a template.</summary>
public interface ICloudFormationTemplateResource : ICloudFormationResource
{
    string TemplatePath { get; }

    string? RoleArn { get; set; }

    /// <summary>Seconds between two looks at the stack while it is being made.</summary>
    int StackPollingInterval { get; set; }

    bool DisableDiffCheck { get; set; }

    IList<string> DisabledCapabilities { get; }

    ICloudFormationTemplateResource AddParameter(string parameterName, string parameterValue);
}
