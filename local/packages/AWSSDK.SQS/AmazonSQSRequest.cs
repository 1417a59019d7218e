using System.Text.Json;
using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>What all requests to the service have in common.</summary>
public abstract class AmazonSQSRequest : AmazonWebServiceRequest
{
    /// <summary>Name of the operation on the wire.</summary>
    internal abstract string Operation { get; }

    /// <summary>Writes the members that are set; the caller writes the braces.</summary>
    internal abstract void WriteMembers(Utf8JsonWriter json);
}
