using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using ThirdParty.RuntimeBackports;

namespace Amazon.SQS.Internal;

/// <summary>Writes any request in the JSON protocol: <c>POST /</c>, the operation in a header, the members in the body.</summary>
internal sealed class SqsRequestMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    internal static readonly SqsRequestMarshaller Instance = new();

    // Bodies are mostly JSON themselves: the default encoder would write six characters for every quotation mark.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = (AmazonSQSRequest)input;
        var http = new DefaultRequest(request, "Amazon.SQS") { HttpMethod = "POST", ResourcePath = "/", Content = Body(request) };
        http.Headers["X-Amz-Target"] = "AmazonSQS." + request.Operation;
        http.Headers["Content-Type"] = "application/x-amz-json-1.0";
        http.Headers["x-amz-api-version"] = "2012-11-05";
        return http;
    }

    /// <summary>The core signs and sends an array of exact length, and keeps it for retries: the pooled one only collects.</summary>
    private static byte[] Body(AmazonSQSRequest request)
    {
        using var buffer = new ArrayPoolBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            request.WriteMembers(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
