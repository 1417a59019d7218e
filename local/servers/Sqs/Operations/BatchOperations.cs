using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>The batch operations: up to ten entries, each of which succeeds or fails alone, in one step of the journal.</summary>
internal sealed class BatchOperations(SqsEngine engine)
{
    private const int MaximumEntries = 10;
    private const int MaximumIdLength = 80;
    private static readonly ReplyList Failed = new("Failed", "BatchResultErrorEntry");

    public ValueTask<SqsReply?> SendAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        // More than ten are refused anyway, and need not be prepared for it.
        var messages = request.Entries.Take(MaximumEntries).Select(entry => new PreparedMessage(entry)).ToArray();
        return engine.CommitAsync(now => Run("SendMessageBatch", request, queue =>
        {
            CheckTotalSize(messages);
            Sender.CheckFifoBatch(queue, request.Entries);
            return (_, i) => Sender.Send(engine, queue, messages[i], now);
        }));
    }

    public SqsReply? Delete(SqsRequest request, long now) => Run("DeleteMessageBatch", request, queue => (entry, _) =>
    {
        Handles.Delete(engine, queue, entry.ReceiptHandle, now);
        return null;
    });

    public SqsReply? ChangeVisibility(SqsRequest request, long now) => Run("ChangeMessageVisibilityBatch", request, queue => (entry, _) =>
    {
        Handles.ChangeVisibility(engine, queue, entry.ReceiptHandle, entry.VisibilityTimeout, now);
        return null;
    });

    /// <summary>Runs each entry, once queue and entries as a whole are in order.</summary>
    private SqsReply? Run(string operation, SqsRequest request, Func<SqsQueue, Func<SqsEntry, int, SendResult?>> start)
    {
        var queue = QueueUrl.Resolve(engine, request);
        CheckEntries(request, operation + "RequestEntry");
        var run = start(queue);
        var successful = new List<(string Id, SendResult? Sent)>();
        var failed = new List<(string Id, SqsException Error)>();
        for (var i = 0; i < request.Entries.Length; i++)
        {
            var entry = request.Entries[i];
            try
            {
                successful.Add((entry.Id!, run(entry, i)));
            }
            catch (SqsException exception)
            {
                failed.Add((entry.Id!, exception));
            }
        }

        var list = new ReplyList("Successful", operation + "ResultEntry", IsThereWhenEmpty: true);
        return to =>
        {
            to.Objects(list, successful, entry => Write(to, entry.Id, entry.Sent));
            to.Objects(Failed, failed, entry => Write(to, entry.Id, entry.Error));
        };
    }

    private static void Write(ReplyWriter to, string id, SendResult? sent)
    {
        to.Text("Id", id);
        if (sent is not null) MessageReplies.Sent(to, sent);
    }

    private static void Write(ReplyWriter to, string id, SqsException error)
    {
        to.Text("Id", id);
        to.Truth("SenderFault", error.Error.IsSender);
        to.Text("Code", error.Error.QueryCode);
        to.Text("Message", error.Message);
    }

    private static void CheckEntries(SqsRequest request, string entryName)
    {
        if (request.Entries.Length == 0)
            throw new SqsException(SqsError.EmptyBatchRequest, $"There should be at least one {entryName} in the request.");
        if (request.Entries.Length > MaximumEntries)
            throw new SqsException(
                SqsError.TooManyEntries, $"Maximum number of entries per request are {MaximumEntries}. You have sent {request.Entries.Length}.");

        var ids = new HashSet<string>();
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
            throw new SqsException(
                SqsError.BatchTooLong, $"Batch requests cannot be longer than {QueueSettings.MaximumMessageBytes} bytes. You have sent {total} bytes.");
    }
}
