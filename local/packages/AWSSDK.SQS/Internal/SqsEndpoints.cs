using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.SQS.Endpoints;
using Amazon.Util;

namespace Amazon.SQS.Endpoints
{
    /// <summary>What decides the endpoint of a request.</summary>
    public class SQSEndpointParameters : EndpointParameters
    {
        public SQSEndpointParameters()
        {
            UseDualStack = false;
            UseFIPS = false;
        }

        /// <summary>System name, such as <c>eu-central-1</c>.</summary>
        public string? Region
        {
            get => (string?)this[nameof(Region)];
            set => this[nameof(Region)] = value;
        }

        public bool? UseDualStack
        {
            get => (bool?)this[nameof(UseDualStack)];
            set => this[nameof(UseDualStack)] = value;
        }

        public bool? UseFIPS
        {
            get => (bool?)this[nameof(UseFIPS)];
            set => this[nameof(UseFIPS)] = value;
        }

        /// <summary>A URL that overrides all others.</summary>
        public string? Endpoint
        {
            get => (string?)this[nameof(Endpoint)];
            set => this[nameof(Endpoint)] = value;
        }
    }
}

namespace Amazon.SQS.Internal
{
    /// <summary>The endpoint that the configuration names, else the region's.</summary>
    public class AmazonSQSEndpointProvider : IEndpointProvider
    {
        /// <exception cref="AmazonClientException">There is neither an endpoint nor a region, or the combination is not offered.</exception>
        public Endpoint ResolveEndpoint(EndpointParameters parameters)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            var (fips, dualStack) = (parameters["UseFIPS"] is true, parameters["UseDualStack"] is true);
            if (parameters["Endpoint"] is string { Length: > 0 } custom)
                return fips || dualStack
                    ? throw new AmazonClientException("Invalid Configuration: FIPS and Dualstack cannot be combined with a custom endpoint")
                    : new Endpoint(custom);
            if (parameters["Region"] is not string { Length: > 0 } region || Fn.Partition(region) is not { } partition)
                throw new AmazonClientException("Invalid Configuration: Missing Region");
            return new Endpoint(RegionUrl(region, partition, fips, dualStack));
        }

        private static string RegionUrl(string region, Partition partition, bool fips, bool dualStack)
        {
            if ((fips && !partition.supportsFIPS) || (dualStack && !partition.supportsDualStack))
                throw new AmazonClientException($"FIPS or DualStack is enabled, but the partition of {region} does not support it");
            var suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
            // In the partition for government all endpoints conform to FIPS, under the plain name.
            var host = fips && (dualStack || partition.name != "aws-us-gov") ? "sqs-fips" : "sqs";
            return $"https://{host}.{region}.{suffix}";
        }
    }

    /// <summary>Gives the endpoint provider what it needs, from the client's configuration.</summary>
    public class AmazonSQSEndpointResolver : BaseEndpointResolver
    {
        protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
        {
            // The service has nothing of its own here; the base class would refuse.
        }

        protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
        {
            ArgumentNullException.ThrowIfNull(requestContext);
            return Parameters(requestContext.ClientConfig, requestContext.Request.AlternateEndpoint);
        }

        internal static SQSEndpointParameters Parameters(IClientConfig config, RegionEndpoint? alternate) => new()
        {
            Region = alternate?.SystemName ?? config.RegionEndpoint?.SystemName ?? RegionOfUrl(config),
            UseDualStack = config.UseDualstackEndpoint,
            UseFIPS = config.UseFIPSEndpoint,
            Endpoint = config.ServiceURL,
        };

        private static string? RegionOfUrl(IClientConfig config)
        {
            if (string.IsNullOrEmpty(config.ServiceURL))
                return null;
            return string.IsNullOrEmpty(config.AuthenticationRegion) ? AWSSDKUtils.DetermineRegion(config.ServiceURL) : config.AuthenticationRegion;
        }
    }
}
