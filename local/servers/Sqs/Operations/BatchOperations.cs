using System.Text.Json.Nodes;
using Sqs.Engine;
using Sqs.Protocol;

namespace Sqs.Operations;

/// <summary>The batch operations: up to ten entries, each of which succeeds or fails alone, in one step of the journal.</summary>
internal sealed class BatchOperations(SqsEngine engine)
{
    private const int MaximumEntries = 10;
    private const int MaximumIdLength = 80;

    public ValueTask<JsonObject?> SendAsync(SqsRequest request, CancellationToken cancellationToken)
    {
        foreach (var entry in request.Entries.Take(MaximumEntries)) _ = entry.Draft;
        return RunAsync(
            "SendMessageBatch", request, (queue, entry, now) => Sender.Send(engine, queue, entry, now),
            (entry, sent) => MessageReplies.Sent(sent, entry.Draft.Message, entry.Id), queue =>
            {
                CheckTotalSize(request.Entries);
                Sender.CheckFifoBatch(queue, request.Entries);
            });
    }

    public ValueTask<JsonObject?> DeleteAsync(SqsRequest request, CancellationToken cancellationToken) => ChangeAsync(
        "DeleteMessageBatch", request, (queue, entry, now) => Handles.Delete(engine, queue, entry.ReceiptHandle, now));

    public ValueTask<JsonObject?> ChangeVisibilityAsync(SqsRequest request, CancellationToken cancellationToken) => ChangeAsync(
        "ChangeMessageVisibilityBatch", request,
        (queue, entry, now) => Handles.ChangeVisibility(engine, queue, entry.ReceiptHandle, entry.VisibilityTimeout, now));

    private ValueTask<JsonObject?> ChangeAsync(string operation, SqsRequest request, Action<SqsQueue, SqsEntry, long> change) => RunAsync(
        operation, request, (queue, entry, now) =>
        {
            change(queue, entry, now);
            return entry.Id;
        }, (_, id) => Replies.Of(("Id", id)));

    /// <summary>Runs each entry, once queue and entries as a whole are in order. What is answered is made when the engine is free again.</summary>
    private async ValueTask<JsonObject?> RunAsync<T>(
        string operation, SqsRequest request, Func<SqsQueue, SqsEntry, long, T> run, Func<SqsEntry, T, JsonObject> reply, Action<SqsQueue>? check = null)
    {
        var outcomes = await engine.CommitAsync(now =>
        {
            var queue = QueueUrl.Resolve(engine, request);
            CheckEntries(request, operation + "RequestEntry");
            check?.Invoke(queue);
            return Array.ConvertAll(request.Entries, entry => Outcome(() => run(queue, entry, now)));
        });
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var (entry, (result, refusal)) in request.Entries.Zip(outcomes))
        {
            if (refusal is null) successful.Add((JsonNode)reply(entry, result!));
            else failed.Add((JsonNode)Replies.Of(
                ("Id", entry.Id), ("SenderFault", refusal.Error.IsSender), ("Code", refusal.Error.QueryCode), ("Message", refusal.Message)));
        }

        return Replies.Of(("Successful", successful), ("Failed", failed.Count == 0 ? null : failed));
    }

    private static (T? Result, SqsException? Refusal) Outcome<T>(Func<T> run)
    {
        try
        {
            return (run(), null);
        }
        catch (SqsException refusal)
        {
            return (default, refusal);
        }
    }

    private static void CheckEntries(SqsRequest request, string entryName)
    {
        if (request.Entries.Length == 0)
            throw SqsError.EmptyBatchRequest.With($"There should be at least one {entryName} in the request.");
        if (request.Entries.Length > MaximumEntries)
            throw SqsError.TooManyEntries.With($"Maximum number of entries per request are {MaximumEntries}. You have sent {request.Entries.Length}.");

        var ids = new HashSet<string>();
        foreach (var entry in request.Entries)
        {
            var id = entry.Id ?? throw SqsException.Missing(entryName + ".Id");
            if (id.Length is 0 or > MaximumIdLength || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                throw SqsError.InvalidBatchEntryId.With(
                    $"A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most {MaximumIdLength} letters long.");
            if (!ids.Add(id)) throw SqsError.IdsNotDistinct.With($"Id {id} repeated.");
        }
    }

    private static void CheckTotalSize(SqsEntry[] entries)
    {
        var total = entries.Sum(entry => (long)entry.Size);
        if (total > QueueSettings.MaximumMessageBytes)
            throw SqsError.BatchTooLong.With($"Batch requests cannot be longer than {QueueSettings.MaximumMessageBytes} bytes. You have sent {total} bytes.");
    }
}
