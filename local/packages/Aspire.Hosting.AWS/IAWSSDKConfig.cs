using Amazon;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS;

/// <summary>Which profile and region a resource uses. Without one, those of the developer's environment.</summary>
public interface IAWSSDKConfig
{
    /// <summary>A profile of the shared configuration and credentials files.</summary>
    string? Profile { get; set; }

    RegionEndpoint? Region { get; set; }
}

/// <summary>A resource in AWS.</summary>
public interface IAWSResource : IResource
{
    IAWSSDKConfig? AWSSDKConfig { get; set; }
}

internal sealed class AWSSDKConfig : IAWSSDKConfig
{
    public string? Profile { get; set; }

    public RegionEndpoint? Region { get; set; }
}
