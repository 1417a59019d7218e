using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>The message move tasks.</summary>
internal sealed class MoveOperations
{
    private readonly SqsEngine _engine;

    public MoveOperations(SqsEngine engine) => _engine = engine;

    public ValueTask<SqsReply> StartAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(now => new TextReply(
            "TaskHandle",
            MoveTasks.Start(
                _engine, request.SourceArn ?? throw SqsException.Missing("SourceArn"), request.DestinationArn, request.MaxMessagesPerSecond, now).Handle));

    public ValueTask<SqsReply> ListAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(_ => new MoveTasksReply(
            MoveTasks.List(_engine, request.SourceArn ?? throw SqsException.Missing("SourceArn"), request.MaxResults)));

    public ValueTask<SqsReply> CancelAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(_ => new NumberReply(
            "ApproximateNumberOfMessagesMoved",
            MoveTasks.Cancel(_engine, request.TaskHandle ?? throw SqsException.Missing("TaskHandle")).Moved));
}
