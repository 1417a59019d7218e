using System.Collections.Frozen;
using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>All operations of SQS by name. To add one, give it a line in the constructor.</summary>
internal sealed class SqsOperations
{
    private readonly FrozenDictionary<string, Func<SqsRequest, CancellationToken, ValueTask<SqsReply>>> _byName;

    public SqsOperations(SqsEngine engine, TimeProvider clock)
    {
        Home = engine.Account;
        var messages = new MessageOperations(engine, clock);
        var batches = new BatchOperations(engine);
        var queues = new QueueOperations(engine);
        var moves = new MoveOperations(engine);
        _byName = new Dictionary<string, Func<SqsRequest, CancellationToken, ValueTask<SqsReply>>>
        {
            ["SendMessage"] = messages.SendAsync,
            ["ReceiveMessage"] = messages.ReceiveAsync,
            ["DeleteMessage"] = messages.DeleteAsync,
            ["ChangeMessageVisibility"] = messages.ChangeVisibilityAsync,
            ["SendMessageBatch"] = batches.SendAsync,
            ["DeleteMessageBatch"] = batches.DeleteAsync,
            ["ChangeMessageVisibilityBatch"] = batches.ChangeVisibilityAsync,
            ["CreateQueue"] = queues.CreateAsync,
            ["DeleteQueue"] = queues.DeleteAsync,
            ["ListQueues"] = queues.ListAsync,
            ["GetQueueUrl"] = queues.GetUrlAsync,
            ["GetQueueAttributes"] = queues.GetAttributesAsync,
            ["SetQueueAttributes"] = queues.SetAttributesAsync,
            ["PurgeQueue"] = queues.PurgeAsync,
            ["ListDeadLetterSourceQueues"] = queues.ListSourcesAsync,
            ["AddPermission"] = queues.AddPermissionAsync,
            ["RemovePermission"] = queues.RemovePermissionAsync,
            ["TagQueue"] = queues.TagAsync,
            ["UntagQueue"] = queues.UntagAsync,
            ["ListQueueTags"] = queues.ListTagsAsync,
            ["StartMessageMoveTask"] = moves.StartAsync,
            ["ListMessageMoveTasks"] = moves.ListAsync,
            ["CancelMessageMoveTask"] = moves.CancelAsync,
        }.ToFrozenDictionary();
    }

    /// <summary>Account and region of requests that name none.</summary>
    public SqsAccount Home { get; }

    public bool Has(string operation) => _byName.ContainsKey(operation);

    /// <summary>Runs an operation. It completes when what it changed is durable.</summary>
    /// <exception cref="SqsException">SQS refuses the request.</exception>
    public ValueTask<SqsReply> InvokeAsync(string operation, SqsRequest request, CancellationToken cancellationToken) =>
        _byName.TryGetValue(operation, out var handler)
            ? handler(request, cancellationToken)
            : throw new SqsException(SqsError.InvalidAction, $"The action {operation} is not valid for this endpoint.");
}
