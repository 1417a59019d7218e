using Amazon.Runtime.Internal;

namespace Amazon.SQS.Internal;

/// <summary>Names the service for the core.</summary>
public class AmazonSQSMetadata : IServiceMetadata
{
    public string ServiceId => "SQS";

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
