using Gateway;
using System.Buffers;
using Sqs.Protocol;

namespace Aws;

/// <summary>SQS as integrations reach it: the same endpoint that the network reaches, without the network.</summary>
internal static class SqsService
{
    /// <summary>What API Gateway itself accepts of a service, unless an integration maps the header.</summary>
    private const string Json = "application/json";

    public static ServiceCall To(SqsEndpoint endpoint, string baseUrl) => async (request, cancellationToken) =>
    {
        var output = new ArrayBufferWriter<byte>(1024);
        var call = new SqsCall(
            request.Method, request.Path, request.QueryString, request.Headers.GetValueOrDefault("X-Amz-Target"),
            request.Headers.GetValueOrDefault("Content-Type"), baseUrl, request.Body,
            WantsJson: request.Headers.GetValueOrDefault("Accept", Json).Contains(Json, StringComparison.OrdinalIgnoreCase));
        var head = await endpoint.HandleAsync(call, output, cancellationToken);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = head.ContentType,
            ["x-amzn-RequestId"] = head.RequestId,
        };
        return new ServiceReply(head.Status, headers, output.WrittenSpan.ToArray());
    };
}
