using System.Collections.Frozen;
using System.Text;
using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>All operations of SQS by name. To add one, give it a line in the constructor.</summary>
internal sealed class SqsOperations
{
    private const int MaximumResults = 1000;
    private static readonly ReplyList Attributes = new("Attributes", "Attribute");
    private static readonly ReplyList Tags = new("Tags", "Tag", "Key");
    private static readonly ReplyList QueueUrls = new("QueueUrls", "QueueUrl");
    private static readonly ReplyList SourceUrls = new("queueUrls", "QueueUrl", IsThereWhenEmpty: true);
    private static readonly ReplyList Moves = new("Results", "ListMessageMoveTasksResultEntry", IsThereWhenEmpty: true);

    private readonly SqsEngine _engine;
    private readonly FrozenDictionary<string, Func<SqsRequest, CancellationToken, ValueTask<SqsReply?>>> _byName;

#pragma warning disable MA0051 // A table: an entry per operation.
    public SqsOperations(SqsEngine engine, TimeProvider clock)
    {
        _engine = engine;
        var messages = new MessageOperations(engine, clock);
        var batches = new BatchOperations(engine);
        _byName = new Dictionary<string, Func<SqsRequest, CancellationToken, ValueTask<SqsReply?>>>
        {
            ["SendMessage"] = messages.SendAsync,
            ["SendMessageBatch"] = batches.SendAsync,
            ["ReceiveMessage"] = messages.ReceiveAsync,
            ["DeleteMessage"] = Change((request, queue, now) => Handles.Delete(engine, queue, request.ReceiptHandle, now)),
            ["DeleteMessageBatch"] = Step(batches.Delete),
            ["ChangeMessageVisibility"] =
                Change((request, queue, now) => Handles.ChangeVisibility(engine, queue, request.ReceiptHandle, request.VisibilityTimeout, now)),
            ["ChangeMessageVisibilityBatch"] = Step(batches.ChangeVisibility),
            ["CreateQueue"] = Step((request, now)
                => Url(QueueRegistry.Create(engine, request.Caller, Given(request.QueueName, "QueueName"), request.Attributes, request.Tags, now), request)),
            ["DeleteQueue"] = Change((_, queue, now) => QueueRegistry.Delete(engine, queue, now)),
            ["ListQueues"] = Step((request, _) => Page(QueueUrls, engine.State.Of(request.Caller, request.QueueNamePrefix ?? ""), request)),
            ["GetQueueUrl"] = Step((request, _)
                => Url(QueueRegistry.Get(engine, request.Caller.With(region: "", request.QueueOwnerAWSAccountId), Given(request.QueueName, "QueueName")),
                    request)),
            ["GetQueueAttributes"] = Step((request, now)
                => Map(Attributes, QueueRegistry.GetAttributes(QueueUrl.Resolve(engine, request), request.AttributeNames, now))),
            ["SetQueueAttributes"] =
                Change((request, queue, now) => QueueRegistry.SetAttributes(engine, queue, Given(request.Attributes, "Attribute.Name"), now)),
            ["PurgeQueue"] = Change((_, queue, now) => QueueRegistry.Purge(engine, queue, now)),
            ["ListDeadLetterSourceQueues"] = Step((request, _) => Page(SourceUrls, engine.State.SourcesOf(QueueUrl.Resolve(engine, request)), request)),
            ["AddPermission"] = Change((request, queue, now)
                => SetPolicy(queue, Permissions.Add(queue, Given(request.Label, "Label"), request.AWSAccountIds, request.Actions), now)),
            ["RemovePermission"] = Change((request, queue, now) => SetPolicy(queue, Permissions.Remove(queue, Given(request.Label, "Label")), now)),
            ["TagQueue"] = Change((request, queue, _) => QueueRegistry.Tag(engine, queue, Given(request.Tags, "Tags"))),
            ["UntagQueue"] = Change((request, queue, _) => QueueRegistry.Untag(engine, queue, request.TagKeys)),
            ["ListQueueTags"] = Step((request, _) => Map(Tags, QueueUrl.Resolve(engine, request).Tags)),
            ["StartMessageMoveTask"] = Step((request, now) => Text(
                "TaskHandle", MoveTasks.Start(
                    engine, Given(request.SourceArn, "SourceArn"), request.DestinationArn, request.MaxNumberOfMessagesPerSecond, now).Handle)),
            ["ListMessageMoveTasks"] = Step((request, _) => List(MoveTasks.List(engine, Given(request.SourceArn, "SourceArn"), request.MaxResults))),
            ["CancelMessageMoveTask"] = Step((request, _) =>
            {
                var moved = MoveTasks.Cancel(engine, Given(request.TaskHandle, "TaskHandle")).Moved;
                return to => to.Number("ApproximateNumberOfMessagesMoved", moved);
            }),
        }.ToFrozenDictionary();
    }
#pragma warning restore MA0051

    /// <summary>Account and region of requests that name none.</summary>
    public SqsAccount Home => _engine.Account;

    public bool Has(string operation) => _byName.ContainsKey(operation);

    /// <summary>Runs an operation. It completes when what it changed is durable.</summary>
    /// <exception cref="SqsException">SQS refuses the request.</exception>
    public ValueTask<SqsReply?> InvokeAsync(string operation, SqsRequest request, CancellationToken cancellationToken)
        => _byName[operation](request, cancellationToken);

    /// <summary>An operation that is one step of the engine.</summary>
    private Func<SqsRequest, CancellationToken, ValueTask<SqsReply?>> Step(Func<SqsRequest, long, SqsReply?> run)
        => (request, _) => _engine.CommitAsync(now => run(request, now));

    /// <summary>A step that changes one queue, and answers nothing.</summary>
    private Func<SqsRequest, CancellationToken, ValueTask<SqsReply?>> Change(Action<SqsRequest, SqsQueue, long> change) => Step((request, now) =>
    {
        change(request, QueueUrl.Resolve(_engine, request), now);
        return null;
    });

    private static string Given(string? value, string parameter) => value ?? throw SqsException.Missing(parameter);

    private static Dictionary<string, string> Given(Dictionary<string, string> values, string parameter)
        => values.Count > 0 ? values : throw SqsException.Missing(parameter);

    private static SqsReply Text(string name, string value) => to => to.Text(name, value);

    private static SqsReply Url(SqsQueue queue, SqsRequest request) => Text("QueueUrl", QueueUrl.Of(queue, request));

    /// <summary>Of a copy: it is written when the lock has been given back.</summary>
    private static SqsReply Map(ReplyList list, Dictionary<string, string> values)
    {
        var copy = values.ToList();
        return to => to.Map(list, copy);
    }

    private void SetPolicy(SqsQueue queue, string policy, long now)
        => QueueRegistry.SetAttributes(_engine, queue, new Dictionary<string, string> { ["Policy"] = policy }, now);

    /// <summary>A page begins after the queue that the token names; there is a next token only where the caller asked for pages.</summary>
    private static SqsReply Page(ReplyList list, IEnumerable<SqsQueue> queues, SqsRequest request)
    {
        if (request.MaxResults is < 1 or > MaximumResults)
            throw SqsException.Invalid(request.MaxResults, "MaxResults", $"MaxResults must be an integer between 1 and {MaximumResults}.");
        var after = request.NextToken is { Length: > 0 } token ? DecodeToken(token) : null;
        var size = request.MaxResults ?? MaximumResults;
        var page = queues.Where(queue => after is null || string.CompareOrdinal(queue.Name, after) > 0).Take(size + 1).ToList();
        var next = page.Count > size && request.MaxResults is not null ? Convert.ToBase64String(Encoding.UTF8.GetBytes(page[size - 1].Name)) : null;
        string[] urls = [.. page.Take(size).Select(queue => QueueUrl.Of(queue, request))];
        return to =>
        {
            to.Texts(list, urls);
            if (next is not null) to.Text("NextToken", next);
        };
    }

    private static string DecodeToken(string token)
    {
        var bytes = new byte[QueueRegistry.MaximumNameLength];
        return token.Length < 2 * bytes.Length && Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw new SqsException(SqsError.InvalidParameterValue, "Invalid or expired next token.");
    }

    private static SqsReply List(List<MoveTask> tasks) => to => to.Objects(Moves, tasks, task =>
    {
        // The handle serves to cancel: only a running task still has one.
        if (task.IsRunning) to.Text("TaskHandle", task.Handle);
        to.Text("Status", task.Status.ToString().ToUpperInvariant());
        to.Text("SourceArn", task.SourceArn);
        if (task.DestinationArn is { } destination) to.Text("DestinationArn", destination);
        if (task.Rate is { } rate) to.Number("MaxNumberOfMessagesPerSecond", rate);
        to.Number("ApproximateNumberOfMessagesMoved", task.Moved);
        to.Number("ApproximateNumberOfMessagesToMove", task.ToMove);
        if (task.FailureReason is { } reason) to.Text("FailureReason", reason);
        to.Number("StartedTimestamp", task.StartedAt);
    });
}
