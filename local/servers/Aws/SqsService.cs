using Gateway;
using Sqs;
using Sqs.Protocol;

namespace Aws;

/// <summary>SQS as integrations reach it: what the network reaches, without the network.</summary>
public static class SqsService
{
    /// <summary>What API Gateway itself accepts of a service, unless an integration maps the header.</summary>
    private const string Json = "application/json";

    /// <param name="sqs">What answers.</param>
    /// <param name="baseUrl">What queue URLs begin with.</param>
    public static ServiceCall To(LocalSqs sqs, string baseUrl) => async (request, cancellationToken) =>
    {
        var call = new SqsCall(
            request.Path, request.QueryString, request.Headers.GetValueOrDefault("X-Amz-Target"), baseUrl, request.Body,
            WantsJson: request.Headers.GetValueOrDefault("Accept", Json).Contains(Json, StringComparison.OrdinalIgnoreCase));
        var reply = await sqs.CallAsync(call, cancellationToken);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = reply.ContentType,
            ["x-amzn-RequestId"] = reply.RequestId,
        };
        return new ServiceReply(reply.Status, headers, reply.Body.ToArray());
    };
}
