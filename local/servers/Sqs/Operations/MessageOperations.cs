using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>The operations on single messages, and ReceiveMessage.</summary>
internal sealed class MessageOperations
{
    private const int MaximumReceive = 10;
    private const int MaximumWaitSeconds = 20;

    private readonly SqsEngine _engine;
    private readonly TimeProvider _clock;

    public MessageOperations(SqsEngine engine, TimeProvider clock)
    {
        _engine = engine;
        _clock = clock;
    }

    public ValueTask<SqsReply> SendAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        var message = new PreparedMessage(request.Message);
        return _engine.CommitAsync<SqsReply>(now =>
            new SendReply(Sender.Send(_engine, QueueUrl.Resolve(_engine, request), message, now)));
    }

    public ValueTask<SqsReply> DeleteAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync(now =>
        {
            var queue = QueueUrl.Resolve(_engine, request);
            Handles.Delete(_engine, queue, request.ReceiptHandle ?? throw SqsException.Missing("ReceiptHandle"), now);
            return SqsReply.Empty;
        });

    public ValueTask<SqsReply> ChangeVisibilityAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync(now =>
        {
            var queue = QueueUrl.Resolve(_engine, request);
            var handle = request.ReceiptHandle ?? throw SqsException.Missing("ReceiptHandle");
            Handles.ChangeVisibility(_engine, queue, handle, request.VisibilityTimeout ?? throw SqsException.Missing("VisibilityTimeout"), now);
            return SqsReply.Empty;
        });

    public async ValueTask<SqsReply> ReceiveAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        var wanted = Wanted(request);
        ReceiveWaiter? waiter = null;
        AttributeSelection? selection = null;
        var messages = await _engine.CommitAsync(now =>
        {
            var queue = QueueUrl.Resolve(_engine, request);
            selection = new AttributeSelection(
                request.SystemAttributeNames.Concat(request.AttributeNames), request.MessageAttributeNames, queue);
            if (request.ReceiveRequestAttemptId is { } id && !queue.IsFifo)
                throw SqsException.Invalid(id, "ReceiveRequestAttemptId", "The request include parameter that is not valid for this queue type.");
            var taken = Receiver.Take(_engine, queue, wanted, now);
            if (taken.Count > 0)
            {
                // What is in flight now may become visible before what the others were waiting for.
                _engine.Touch(queue);
                return taken;
            }

            Receiver.CheckInFlight(queue);
            var seconds = request.WaitTimeSeconds ?? queue.Settings.ReceiveWaitSeconds;
            if (seconds > 0) waiter = ReceiveWaiter.Enlist(_engine, queue, wanted, now + (seconds * 1000L));
            return taken;
        });
        if (waiter is not null) messages = await WaitAsync(waiter, cancellationToken);
        return new ReceiveReply(messages, selection!);
    }

    private async Task<List<ReceivedMessage>> WaitAsync(ReceiveWaiter waiter, CancellationToken cancellationToken)
    {
        await using var abandoned = cancellationToken.UnsafeRegister(_ => _engine.Abandon(waiter), null);
        var outcome = await waiter.Outcome;
        await outcome.Durable.WaitAsync(TimeSpan.FromMinutes(1), _clock, cancellationToken);
        return outcome.Messages;
    }

    private static ReceiveRequest Wanted(SqsRequest request)
    {
        if (request.MaxNumberOfMessages is < 1 or > MaximumReceive)
        {
            throw SqsException.Invalid(
                request.MaxNumberOfMessages, "MaxNumberOfMessages", $"Must be between 1 and {MaximumReceive}, if provided.");
        }

        if (request.WaitTimeSeconds is < 0 or > MaximumWaitSeconds)
            throw SqsException.Invalid(request.WaitTimeSeconds, "WaitTimeSeconds", $"Must be >= 0 and <= {MaximumWaitSeconds}, if provided.");
        if (request.VisibilityTimeout is < 0 or > QueueSettings.MaximumVisibilityTimeout)
        {
            throw SqsException.Invalid(
                request.VisibilityTimeout, "VisibilityTimeout", $"Must be between 0 and {QueueSettings.MaximumVisibilityTimeout}, if provided.");
        }

        return new ReceiveRequest(request.MaxNumberOfMessages ?? 1, request.VisibilityTimeout, request.ReceiveRequestAttemptId);
    }
}
