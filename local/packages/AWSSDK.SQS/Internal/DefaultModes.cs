using Amazon.Runtime;

namespace Amazon.SQS.Internal;

/// <summary>The time limits of <c>AWS_DEFAULTS_MODE</c>, as the SDKs document them.</summary>
internal static class DefaultModes
{
    private static readonly TimeSpan InRegion = TimeSpan.FromMilliseconds(1100);
    private static readonly TimeSpan CrossRegion = TimeSpan.FromMilliseconds(3100);
    private static readonly TimeSpan Mobile = TimeSpan.FromSeconds(30);

    internal static IDefaultConfiguration[] All { get; } =
    [
        Mode(DefaultConfigurationMode.Standard, CrossRegion),
        Mode(DefaultConfigurationMode.InRegion, InRegion),
        Mode(DefaultConfigurationMode.CrossRegion, CrossRegion),
        Mode(DefaultConfigurationMode.Mobile, Mobile),
        Mode(DefaultConfigurationMode.Auto, InRegion),
    ];

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, TimeSpan? connect) => new()
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = connect,
        TlsNegotiationTimeout = connect,
    };
}
