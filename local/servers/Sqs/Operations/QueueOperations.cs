using System.Text;
using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>The operations on queues, their attributes and tags.</summary>
internal sealed class QueueOperations
{
    private const int MaximumResults = 1000;

    private readonly SqsEngine _engine;

    public QueueOperations(SqsEngine engine) => _engine = engine;

    public ValueTask<SqsReply> CreateAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync(now =>
        {
            var name = request.QueueName ?? throw SqsException.Missing("QueueName");
            return UrlReply(QueueRegistry.Create(_engine, request.Caller, name, request.Attributes, request.Tags, now), request);
        });

    public ValueTask<SqsReply> GetUrlAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync(_ =>
        {
            var name = request.QueueName ?? throw SqsException.Missing("QueueName");
            return UrlReply(QueueRegistry.Get(_engine, request.Caller.With(region: "", request.QueueOwner), name), request);
        });

    public ValueTask<SqsReply> DeleteAsync(SqsRequest request, CancellationToken cancellationToken) =>
        OnQueue(request, (queue, now) => QueueRegistry.Delete(_engine, queue, now));

    public ValueTask<SqsReply> PurgeAsync(SqsRequest request, CancellationToken cancellationToken) =>
        OnQueue(request, (queue, now) => QueueRegistry.Purge(_engine, queue, now));

    public ValueTask<SqsReply> SetAttributesAsync(SqsRequest request, CancellationToken cancellationToken) =>
        OnQueue(request, (queue, now) =>
        {
            if (request.Attributes.Count == 0) throw SqsException.Missing("Attribute.Name");
            QueueRegistry.SetAttributes(_engine, queue, request.Attributes, now);
        });

    public ValueTask<SqsReply> AddPermissionAsync(SqsRequest request, CancellationToken cancellationToken) =>
        OnQueue(request, (queue, now) =>
            SetPolicy(queue, Permissions.Add(queue, request.Label ?? throw SqsException.Missing("Label"), request.AccountIds, request.Actions), now));

    public ValueTask<SqsReply> RemovePermissionAsync(SqsRequest request, CancellationToken cancellationToken) =>
        OnQueue(request, (queue, now) =>
            SetPolicy(queue, Permissions.Remove(queue, request.Label ?? throw SqsException.Missing("Label")), now));

    public ValueTask<SqsReply> TagAsync(SqsRequest request, CancellationToken cancellationToken) =>
        OnQueue(request, (queue, _) =>
        {
            if (request.Tags.Count == 0) throw SqsException.Missing("Tags");
            QueueRegistry.Tag(_engine, queue, request.Tags);
        });

    public ValueTask<SqsReply> UntagAsync(SqsRequest request, CancellationToken cancellationToken) =>
        OnQueue(request, (queue, _) =>
        {
            if (request.TagKeys.Count == 0) throw new SqsException(SqsError.InvalidParameterValue, "Tag keys must be between 1 and 128 characters in length.");
            QueueRegistry.Untag(_engine, queue, request.TagKeys);
        });

    public ValueTask<SqsReply> GetAttributesAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(now => new MapReply(
            "Attributes", "Attribute", "Name",
            QueueRegistry.GetAttributes(QueueUrl.Resolve(_engine, request), request.AttributeNames, now)));

    public ValueTask<SqsReply> ListTagsAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(_ => new MapReply(
            "Tags", "Tag", "Key", new Dictionary<string, string>(QueueUrl.Resolve(_engine, request).Tags)));

    public ValueTask<SqsReply> ListAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(_ =>
        {
            var prefix = request.Prefix ?? "";
            return Page("QueueUrls", _engine.State.Of(request.Caller).Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal)), request);
        });

    public ValueTask<SqsReply> ListSourcesAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(_ => Page("queueUrls", _engine.State.SourcesOf(QueueUrl.Resolve(_engine, request)), request));

    private void SetPolicy(SqsQueue queue, string policy, long now) =>
        QueueRegistry.SetAttributes(_engine, queue, new Dictionary<string, string> { ["Policy"] = policy }, now);

    private static SqsReply UrlReply(SqsQueue queue, SqsRequest request) =>
        new TextReply("QueueUrl", QueueUrl.Of(queue, request));

    private ValueTask<SqsReply> OnQueue(SqsRequest request, Action<SqsQueue, long> change) =>
        _engine.CommitAsync(now =>
        {
            change(QueueUrl.Resolve(_engine, request), now);
            return SqsReply.Empty;
        });

    /// <summary>A page begins after the queue that the token names; there is a next token only where the caller asked for pages.</summary>
    private static QueueUrlsReply Page(string jsonMember, IEnumerable<SqsQueue> queues, SqsRequest request)
    {
        if (request.MaxResults is < 1 or > MaximumResults)
        {
            throw SqsException.Invalid(
                request.MaxResults, "MaxResults", $"MaxResults must be an integer between 1 and {MaximumResults}.");
        }

        var after = request.NextToken is { Length: > 0 } token ? DecodeToken(token) : null;
        var size = request.MaxResults ?? MaximumResults;
        var page = queues.Where(queue => after is null || string.CompareOrdinal(queue.Name, after) > 0).Take(size + 1).ToList();
        var next = page.Count > size && request.MaxResults is not null ? EncodeToken(page[size - 1].Name) : null;
        return new QueueUrlsReply(jsonMember, [.. page.Take(size).Select(queue => QueueUrl.Of(queue, request))], next);
    }

    private static string EncodeToken(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    private static string DecodeToken(string token)
    {
        var bytes = new byte[QueueRegistry.MaximumNameLength];
        return token.Length < 2 * bytes.Length && Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new SqsException(SqsError.InvalidParameterValue, "Invalid or expired next token.");
    }
}
