using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.SQS.Internal;

/// <summary>Reads the answer of an operation, and its errors.</summary>
internal sealed class SqsResponseUnmarshaller<TResponse> : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    internal static readonly SqsResponseUnmarshaller<TResponse> Instance = new();

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context)
    {
        var response = new TResponse();
        // An operation without results answers with an empty body, which is no JSON.
        if (response is not IJsonReadable members)
            return response;
        var json = new StreamingUtf8JsonReader(context.Stream);
        if (json.Read() && json.TokenType == JsonTokenType.StartObject)
            JsonInput.Members(ref json, members);
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
    {
        var json = new StreamingUtf8JsonReader(context.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref json);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return SqsErrors.Exception(error, context.ResponseData);
    }
}
