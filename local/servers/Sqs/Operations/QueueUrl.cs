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
        var url = request.QueueUrl.AsSpan().TrimEnd('/');
        var slash = url.LastIndexOf('/');
        var before = slash < 0 ? "" : url[..slash];
        var account = before[(before.LastIndexOf('/') + 1)..];
        var region = Caller.RegionOfHost(url);
        var owner = request.Caller.With(region, SqsAccount.IsId(account) ? account : "");
        var name = url[(slash + 1)..].ToString();
        if (engine.State.TryGet(owner, name, out var queue)) return queue;
        return (region.IsEmpty && owner.Id != request.Caller.Id ? engine.State.FindInAnyRegion(owner.Id, name) : null) ?? throw SqsException.NoSuchQueue();
    }
}
