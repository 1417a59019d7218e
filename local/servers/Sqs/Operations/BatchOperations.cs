using System.Text.Json.Nodes;
using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>The batch operations: up to ten entries, each of which succeeds or fails alone, in one step of the journal.</summary>
internal sealed class BatchOperations(SqsEngine engine)
{
    private const int MaximumEntries = 10;
    private const int MaximumIdLength = 80;

    public JsonObject? Send(SqsRequest request, long now) => Run("SendMessageBatch", request, queue =>
    {
        CheckTotalSize(request.Entries);
        Sender.CheckFifoBatch(queue, request.Entries);
        return entry => MessageReplies.Sent(Sender.Send(engine, queue, entry, now), entry.Id);
    });

    public JsonObject? Delete(SqsRequest request, long now) => Run("DeleteMessageBatch", request, queue => entry =>
    {
        Handles.Delete(engine, queue, entry.ReceiptHandle, now);
        return Replies.Of(("Id", entry.Id));
    });

    public JsonObject? ChangeVisibility(SqsRequest request, long now) => Run("ChangeMessageVisibilityBatch", request, queue => entry =>
    {
        Handles.ChangeVisibility(engine, queue, entry.ReceiptHandle, entry.VisibilityTimeout, now);
        return Replies.Of(("Id", entry.Id));
    });

    /// <summary>Runs each entry, once queue and entries as a whole are in order.</summary>
    private JsonObject Run(string operation, SqsRequest request, Func<SqsQueue, Func<SqsEntry, JsonObject>> start)
    {
        var queue = QueueUrl.Resolve(engine, request);
        CheckEntries(request, operation + "RequestEntry");
        var run = start(queue);
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in request.Entries)
        {
            try
            {
                successful.Add((JsonNode)run(entry));
            }
            catch (SqsException exception)
            {
                var error = exception.Error;
                failed.Add((JsonNode)Replies.Of(
                    ("Id", entry.Id), ("SenderFault", error.IsSender), ("Code", error.QueryCode), ("Message", exception.Message)));
            }
        }

        return Replies.Of(("Successful", successful), ("Failed", failed.Count == 0 ? null : failed));
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

    private static void CheckTotalSize(SqsEntry[] entries)
    {
        var total = entries.Sum(entry => (long)entry.Size);
        if (total > QueueSettings.MaximumMessageBytes)
            throw new SqsException(
                SqsError.BatchTooLong, $"Batch requests cannot be longer than {QueueSettings.MaximumMessageBytes} bytes. You have sent {total} bytes.");
    }
}
