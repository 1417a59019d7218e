using Aws.Sqs.Engine;
using Aws.Sqs.Protocol;

namespace Aws.Sqs.Operations;

/// <summary>The batch operations: up to ten entries, each of which succeeds or fails alone, in one step of the journal.</summary>
internal sealed class BatchOperations
{
    private const int MaximumEntries = 10;
    private const int MaximumIdLength = 80;

    private readonly SqsEngine _engine;

    public BatchOperations(SqsEngine engine) => _engine = engine;

    public ValueTask<SqsReply> SendAsync(SqsRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, "SendMessageBatchResultEntry", (queue, entry, now) => Sender.Send(_engine, queue, entry.Message, now), CheckTotalSize);

    public ValueTask<SqsReply> DeleteAsync(SqsRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, "DeleteMessageBatchResultEntry", (queue, entry, now) =>
        {
            Handles.Delete(_engine, queue, entry.ReceiptHandle ?? throw SqsException.Missing("ReceiptHandle"), now);
            return null;
        });

    public ValueTask<SqsReply> ChangeVisibilityAsync(SqsRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, "ChangeMessageVisibilityBatchResultEntry", (queue, entry, now) =>
        {
            var handle = entry.ReceiptHandle ?? throw SqsException.Missing("ReceiptHandle");
            Handles.ChangeVisibility(_engine, queue, handle, entry.VisibilityTimeout ?? throw SqsException.Missing("VisibilityTimeout"), now);
            return null;
        });

    private ValueTask<SqsReply> RunAsync(
        SqsRequest request, string xmlEntry, Func<SqsQueue, SqsEntry, long, SendResult?> run, Action<SqsRequest>? check = null) =>
        _engine.CommitAsync<SqsReply>(now =>
        {
            var queue = QueueUrl.Resolve(_engine, request);
            CheckEntries(request, xmlEntry.Replace("Result", "Request", StringComparison.Ordinal));
            check?.Invoke(request);
            return new BatchReply(xmlEntry, request.Entries.ConvertAll(entry => RunOne(queue, entry, now, run)));
        });

    private static BatchOutcome RunOne(SqsQueue queue, SqsEntry entry, long now, Func<SqsQueue, SqsEntry, long, SendResult?> run)
    {
        try
        {
            return new BatchOutcome(entry.Id!, run(queue, entry, now), null);
        }
        catch (SqsException exception)
        {
            return new BatchOutcome(entry.Id!, null, exception);
        }
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

    private static void CheckTotalSize(SqsRequest request)
    {
        var total = request.Entries.Sum(entry => Sender.SizeOf(entry.Message));
        if (total > QueueSettings.MaximumMessageBytes)
        {
            throw new SqsException(
                SqsError.BatchTooLong,
                $"Batch requests cannot be longer than {QueueSettings.MaximumMessageBytes} bytes. You have sent {total} bytes.");
        }
    }
}
