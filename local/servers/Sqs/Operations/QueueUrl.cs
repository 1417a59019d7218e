using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>Queue URLs: <c>http://HOST/ACCOUNT/NAME</c>, with the host that the client itself used.</summary>
internal static class QueueUrl
{
    public static string Of(SqsQueue queue, SqsRequest request) => $"{request.BaseUrl}/{queue.Account.Id}/{queue.Name}";

    /// <summary>
    /// The queue that a request names by its URL, of which the name is enough: account and region are the caller's where it does not
    /// say them. URLs made here do not say the region: another account's queue, of which a caller knows nothing but its URL, is
    /// looked for in all of them. The host is not compared, because clients reach this server under several names.
    /// </summary>
    /// <exception cref="SqsException">The URL is missing, or there is no such queue.</exception>
    public static SqsQueue Resolve(SqsEngine engine, SqsRequest request)
    {
        if (string.IsNullOrEmpty(request.QueueUrl)) throw SqsException.Missing("QueueUrl");
        var parts = request.QueueUrl.TrimEnd('/').Split('/');
        var account = parts.Length > 1 && SqsAccount.IsId(parts[^2]) ? parts[^2] : null;
        var region = Caller.RegionOfHost(request.QueueUrl);
        var owner = request.Caller.With(region, account);
        if (engine.State.TryGet(owner, parts[^1], out var queue)) return queue;
        return (region is null && owner.Id != request.Caller.Id ? engine.State.FindInAnyRegion(owner.Id, parts[^1]) : null) ?? throw SqsException.NoSuchQueue();
    }
}
