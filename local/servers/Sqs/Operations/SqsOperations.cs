using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>All operations of SQS by name. To add one, give it a line in the constructor.</summary>
internal sealed class SqsOperations
{
    private const int MaximumResults = 1000;

    private readonly SqsEngine _engine;
    private readonly FrozenDictionary<string, Func<SqsRequest, CancellationToken, ValueTask<JsonObject?>>> _byName;

#pragma warning disable MA0051 // A table: an entry per operation.
    public SqsOperations(SqsEngine engine, TimeProvider clock)
    {
        _engine = engine;
        var batches = new BatchOperations(engine);
        _byName = new Dictionary<string, Func<SqsRequest, CancellationToken, ValueTask<JsonObject?>>>
        {
            ["SendMessage"] = SendAsync,
            ["SendMessageBatch"] = batches.SendAsync,
            ["ReceiveMessage"] = new ReceiveOperation(engine, clock).ReceiveAsync,
            ["DeleteMessage"] = Change((request, queue, now) => Handles.Delete(engine, queue, request.ReceiptHandle, now)),
            ["DeleteMessageBatch"] = batches.DeleteAsync,
            ["ChangeMessageVisibility"] =
                Change((request, queue, now) => Handles.ChangeVisibility(engine, queue, request.ReceiptHandle, request.VisibilityTimeout, now)),
            ["ChangeMessageVisibilityBatch"] = batches.ChangeVisibilityAsync,
            ["CreateQueue"] = Step((request, now)
                => Url(QueueRegistry.Create(engine, request.Caller, Given(request.QueueName, "QueueName"), request.Attributes, request.Tags, now), request)),
            ["DeleteQueue"] = Change((_, queue, _) => QueueRegistry.Delete(engine, queue)),
            ["ListQueues"] = Step((request, _) => Page("QueueUrls", engine.State.Of(request.Caller, request.QueueNamePrefix ?? ""), request)),
            ["GetQueueUrl"] = Step((request, _)
                => Url(QueueRegistry.Get(engine, request.Caller.With(region: "", request.QueueOwnerAWSAccountId), Given(request.QueueName, "QueueName")),
                    request)),
            ["GetQueueAttributes"] = Step((request, now)
                => Map("Attributes", QueueRegistry.GetAttributes(QueueUrl.Resolve(engine, request), request.AttributeNames, now))),
            ["SetQueueAttributes"] =
                Change((request, queue, now) => QueueRegistry.SetAttributes(engine, queue, Given(request.Attributes, "Attribute.Name"), now)),
            ["PurgeQueue"] = Change((_, queue, _) => QueueRegistry.Purge(engine, queue)),
            ["ListDeadLetterSourceQueues"] = Step((request, _) => Page("queueUrls", engine.State.SourcesOf(QueueUrl.Resolve(engine, request)), request)),
            ["AddPermission"] = Change((request, queue, now)
                => SetPolicy(queue, Permissions.Add(queue, Given(request.Label, "Label"), request.AWSAccountIds, request.Actions), now)),
            ["RemovePermission"] = Change((request, queue, now) => SetPolicy(queue, Permissions.Remove(queue, Given(request.Label, "Label")), now)),
            ["TagQueue"] = Change((request, queue, _) => QueueRegistry.Tag(engine, queue, Given(request.Tags, "Tags"))),
            ["UntagQueue"] = Change((request, queue, _) => QueueRegistry.Untag(engine, queue, request.TagKeys)),
            ["ListQueueTags"] = Step((request, _) => Map("Tags", QueueUrl.Resolve(engine, request).Tags)),
            ["StartMessageMoveTask"] = Step((request, now) => Replies.Of(("TaskHandle", MoveTasks.Start(
                engine, Given(request.SourceArn, "SourceArn"), request.DestinationArn, request.MaxNumberOfMessagesPerSecond, now).Handle))),
            ["ListMessageMoveTasks"] = Step((request, _) => List(MoveTasks.List(engine, Given(request.SourceArn, "SourceArn"), request.MaxResults))),
            ["CancelMessageMoveTask"] = Step((request, _)
                => Replies.Of(("ApproximateNumberOfMessagesMoved", MoveTasks.Cancel(engine, Given(request.TaskHandle, "TaskHandle")).Moved))),
        }.ToFrozenDictionary();
    }
#pragma warning restore MA0051

    /// <summary>Account and region of requests that name none.</summary>
    public SqsAccount Home => _engine.Account;

    public bool Has(string operation) => _byName.ContainsKey(operation);

    /// <summary>Runs an operation. It completes when what it changed is durable.</summary>
    /// <exception cref="SqsException">SQS refuses the request.</exception>
    public ValueTask<JsonObject?> InvokeAsync(string operation, SqsRequest request, CancellationToken cancellationToken)
        => _byName[operation](request, cancellationToken);

    private async ValueTask<JsonObject?> SendAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        var draft = request.Draft;
        var sent = await _engine.CommitAsync(now => Sender.Send(_engine, QueueUrl.Resolve(_engine, request), request, now));
        return MessageReplies.Sent(sent, draft.Message);
    }

    /// <summary>An operation that is one step of the engine.</summary>
    private Func<SqsRequest, CancellationToken, ValueTask<JsonObject?>> Step(Func<SqsRequest, long, JsonObject?> run)
        => (request, _) => _engine.CommitAsync(now => run(request, now));

    /// <summary>A step that changes one queue, and answers nothing.</summary>
    private Func<SqsRequest, CancellationToken, ValueTask<JsonObject?>> Change(Action<SqsRequest, SqsQueue, long> change) => Step((request, now) =>
    {
        change(request, QueueUrl.Resolve(_engine, request), now);
        return null;
    });

    private static string Given(string? value, string parameter) => value ?? throw SqsException.Missing(parameter);

    private static Dictionary<string, string> Given(Dictionary<string, string> values, string parameter)
        => values.Count > 0 ? values : throw SqsException.Missing(parameter);

    private static JsonObject Url(SqsQueue queue, SqsRequest request) => Replies.Of(("QueueUrl", QueueUrl.Of(queue, request)));

    private static JsonObject Map(string name, Dictionary<string, string> values)
        => Replies.Of((name, new JsonObject(values.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value)))));

    private void SetPolicy(SqsQueue queue, string policy, long now)
        => QueueRegistry.SetAttributes(_engine, queue, new Dictionary<string, string> { ["Policy"] = policy }, now);

    /// <summary>A page begins after the queue that the token names; there is a next token only where the caller asked for pages.</summary>
    private static JsonObject Page(string list, IEnumerable<SqsQueue> queues, SqsRequest request)
    {
        if (request.MaxResults is < 1 or > MaximumResults)
            throw SqsException.Invalid(request.MaxResults, "MaxResults", $"MaxResults must be an integer between 1 and {MaximumResults}.");
        var after = request.NextToken is { Length: > 0 } token ? DecodeToken(token) : null;
        var size = request.MaxResults ?? MaximumResults;
        var page = queues.Where(queue => after is null || string.CompareOrdinal(queue.Name, after) > 0).Take(size + 1).ToList();
        var next = page.Count > size && request.MaxResults is not null ? Convert.ToBase64String(Encoding.UTF8.GetBytes(page[size - 1].Name)) : null;
        var urls = page.Take(size).Select(queue => (JsonNode)QueueUrl.Of(queue, request));
        return Replies.Of((list, new JsonArray([.. urls])), ("NextToken", next));
    }

    private static string DecodeToken(string token)
    {
        var bytes = new byte[QueueRegistry.MaximumNameLength];
        return token.Length < 2 * bytes.Length && Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw SqsError.InvalidParameterValue.With("Invalid or expired next token.");
    }

    private static JsonObject List(List<MoveTask> tasks)
        => Replies.Of(("Results", new JsonArray([.. tasks.Select(task => Replies.Of(
            // The handle serves to cancel: only a running task still has one.
            ("TaskHandle", task.IsRunning ? task.Handle : null), ("Status", task.Status.ToString().ToUpperInvariant()), ("SourceArn", task.SourceArn),
            ("DestinationArn", task.DestinationArn), ("MaxNumberOfMessagesPerSecond", task.Rate), ("ApproximateNumberOfMessagesMoved", task.Moved),
            ("ApproximateNumberOfMessagesToMove", task.ToMove), ("FailureReason", task.FailureReason), ("StartedTimestamp", task.StartedAt)))])));
}
