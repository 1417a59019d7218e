using Amazon;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS;

/// <summary>Which profile and region a resource uses.</summary>
public interface IAWSSDKConfig
{
    string? Profile { get; set; }

    RegionEndpoint? Region { get; set; }

    bool SDKValidationEnabled { get; set; }
}

/// <summary>A resource in AWS.</summary>
public interface IAWSResource : IResource
{
    IAWSSDKConfig? AWSSDKConfig { get; set; }

    TaskCompletionSource? ProvisioningTaskCompletionSource { get; set; }
}

internal sealed class AWSSDKConfig : IAWSSDKConfig
{
    public string? Profile { get; set; }

    public RegionEndpoint? Region { get; set; }

    public bool SDKValidationEnabled { get; set; } = true;
}
