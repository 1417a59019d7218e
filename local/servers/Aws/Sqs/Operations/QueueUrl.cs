using Aws.Sqs.Engine;
using Aws.Sqs.Protocol;

namespace Aws.Sqs.Operations;

/// <summary>Queue URLs: <c>http://HOST/ACCOUNT/NAME</c>, with the host that the client itself used.</summary>
internal static class QueueUrl
{
    public static string Of(SqsEngine engine, SqsQueue queue, SqsRequest request) => $"{request.BaseUrl}/{engine.Account.Id}/{queue.Name}";

    /// <summary>The queue that a request names by its URL. Host and account are not compared: clients reach this server under several names.</summary>
    /// <exception cref="SqsException">The URL is missing, or there is no such queue.</exception>
    public static SqsQueue Resolve(SqsEngine engine, SqsRequest request)
    {
        if (string.IsNullOrEmpty(request.QueueUrl)) throw SqsException.Missing("QueueUrl");
        var url = request.QueueUrl.AsSpan().TrimEnd('/');
        return QueueRegistry.Get(engine, url[(url.LastIndexOf('/') + 1)..].ToString());
    }
}
