using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.SQS.Internal;
using Amazon.Util.Internal;

namespace Amazon.SQS;

/// <summary>
/// Settings of a client. The core reads <c>AWS_ENDPOINT_URL_SQS</c>, then <c>AWS_ENDPOINT_URL</c>, into
/// <see cref="ClientConfig.ServiceURL"/> where it is not set, and <c>AWS_REGION</c> into <see cref="ClientConfig.RegionEndpoint"/>.
/// </summary>
public class AmazonSQSConfig : ClientConfig
{
    private const string EndpointName = "sqs";
    private static readonly string UserAgentText = InternalSDKUtils.BuildUserAgentString("SQS", "4.0.2.28");

    public AmazonSQSConfig()
        : base(new DefaultConfigurationProvider(DefaultModes.All))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = EndpointName;
        EndpointProvider = new AmazonSQSEndpointProvider();
    }

    public static new string ServiceId => "SQS";

    public override string RegionEndpointServiceName => EndpointName;

    public override string ServiceVersion => "2012-11-05";

    public override string UserAgent => UserAgentText;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return EndpointProvider.ResolveEndpoint(AmazonSQSEndpointResolver.Parameters(this, parameters.AlternateEndpoint));
    }
}
