using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>The batch operations: up to ten entries, each of which succeeds or fails alone, in one step of the journal.</summary>
internal sealed class BatchOperations
{
    private const int MaximumEntries = 10;
    private const int MaximumIdLength = 80;

    private readonly SqsEngine _engine;

    public BatchOperations(SqsEngine engine) => _engine = engine;

    public ValueTask<SqsReply> SendAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        // More than ten are refused anyway, and need not be prepared for it.
        var messages = request.Entries.Take(MaximumEntries).Select(entry => new PreparedMessage(entry.Message)).ToArray();
        return _engine.CommitAsync<SqsReply>(now =>
        {
            var queue = Resolve(request, "SendMessageBatchRequestEntry");
            CheckTotalSize(messages);
            Sender.CheckFifoBatch(queue, messages.Select(message => message.Input));
            return new BatchReply("SendMessageBatchResultEntry", Run(request, i => Sender.Send(_engine, queue, messages[i], now)));
        });
    }

    public ValueTask<SqsReply> DeleteAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(now =>
        {
            var queue = Resolve(request, "DeleteMessageBatchRequestEntry");
            return new BatchReply("DeleteMessageBatchResultEntry", Run(request, i =>
            {
                Handles.Delete(_engine, queue, request.Entries[i].ReceiptHandle ?? throw SqsException.Missing("ReceiptHandle"), now);
                return null;
            }));
        });

    public ValueTask<SqsReply> ChangeVisibilityAsync(SqsRequest request, CancellationToken cancellationToken) =>
        _engine.CommitAsync<SqsReply>(now =>
        {
            var queue = Resolve(request, "ChangeMessageVisibilityBatchRequestEntry");
            return new BatchReply("ChangeMessageVisibilityBatchResultEntry", Run(request, i =>
            {
                var entry = request.Entries[i];
                var handle = entry.ReceiptHandle ?? throw SqsException.Missing("ReceiptHandle");
                Handles.ChangeVisibility(_engine, queue, handle, entry.VisibilityTimeout ?? throw SqsException.Missing("VisibilityTimeout"), now);
                return null;
            }));
        });

    /// <summary>The queue, once the entries as a whole are in order.</summary>
    private SqsQueue Resolve(SqsRequest request, string entryName)
    {
        var queue = QueueUrl.Resolve(_engine, request);
        CheckEntries(request, entryName);
        return queue;
    }

    private static BatchOutcome[] Run(SqsRequest request, Func<int, SendResult?> run)
    {
        var outcomes = new BatchOutcome[request.Entries.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var id = request.Entries[i].Id!;
            try
            {
                outcomes[i] = new BatchOutcome(id, run(i), null);
            }
            catch (SqsException exception)
            {
                outcomes[i] = new BatchOutcome(id, null, exception);
            }
        }

        return outcomes;
    }

    private static void CheckEntries(SqsRequest request, string entryName)
    {
        if (request.Entries.Count == 0)
            throw new SqsException(SqsError.EmptyBatchRequest, $"There should be at least one {entryName} in the request.");
        if (request.Entries.Count > MaximumEntries)
        {
            throw new SqsException(
                SqsError.TooManyEntries, $"Maximum number of entries per request are {MaximumEntries}. You have sent {request.Entries.Count}.");
        }

        var ids = new HashSet<string>(request.Entries.Count);
        foreach (var entry in request.Entries)
        {
            var id = entry.Id ?? throw SqsException.Missing(entryName + ".Id");
            if (id.Length is 0 or > MaximumIdLength || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                throw new SqsException(
                    SqsError.InvalidBatchEntryId,
                    $"A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most {MaximumIdLength} letters long.");
            }

            if (!ids.Add(id)) throw new SqsException(SqsError.IdsNotDistinct, $"Id {id} repeated.");
        }
    }

    private static void CheckTotalSize(PreparedMessage[] messages)
    {
        var total = messages.Sum(message => (long)message.Size);
        if (total > QueueSettings.MaximumMessageBytes)
        {
            throw new SqsException(
                SqsError.BatchTooLong,
                $"Batch requests cannot be longer than {QueueSettings.MaximumMessageBytes} bytes. You have sent {total} bytes.");
        }
    }
}
