using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace SetGet.Core.Queues;

/// <summary>
/// One queue. This folder is all that knows SQS. Every method but <see cref="SendAsync"/> throws <see cref="QueueUnavailableException"/> within the
/// time limit of the client.
/// </summary>
public sealed class Queue
{
    /// <summary>The most that SQS delivers, or takes, in one call.</summary>
    public const int BatchSize = 10;

    private readonly IAmazonSQS _sqs;
    private readonly string _url;
    private readonly bool _isFifo;

    public Queue(IAmazonSQS sqs, string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        _sqs = sqs;
        _url = url;
        _isFifo = url.EndsWith(".fifo", StringComparison.Ordinal);
        Spans = new QueueSpans(url);
    }

    /// <summary>Names and attributes of spans that are about it.</summary>
    public QueueSpans Spans { get; }

    /// <summary>The end of its URL.</summary>
    public string Name => Spans.QueueName;

    /// <summary>Waits for messages; empty when none came.</summary>
    /// <param name="visibility">How long they are hidden from others.</param>
    /// <param name="withAttributes">Whether their message attributes are needed.</param>
    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(TimeSpan wait, TimeSpan visibility, bool withAttributes, CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = _url,
            MaxNumberOfMessages = BatchSize,
            WaitTimeSeconds = (int)wait.TotalSeconds,
            VisibilityTimeout = (int)visibility.TotalSeconds,
            MessageSystemAttributeNames = ["ApproximateReceiveCount", "SentTimestamp", "MessageGroupId"],
            MessageAttributeNames = withAttributes ? ["All"] : null,
        };
        var response = await CallAsync(() => _sqs.ReceiveMessageAsync(request, cancellationToken), cancellationToken);
        return response.Messages is { } messages ? messages.ConvertAll(ToMessage) : [];
    }

    /// <summary>Sends at most ten messages and 1 MiB; results are in their order. Never throws: what is not known to be sent is not sent.</summary>
    public async Task<SendResult[]> SendAsync(IReadOnlyList<OutgoingMessage> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        // An answer that forgets an entry is no promise, and no refusal.
        var results = new SendResult[batch.Count];
        Array.Fill(results, new SendResult(SendOutcome.Unknown, "unknown"));
        try
        {
            var request = new SendMessageBatchRequest { QueueUrl = _url, Entries = [.. batch.Select(ToEntry)] };
            var response = await CallAsync(() => _sqs.SendMessageBatchAsync(request, cancellationToken), cancellationToken);
            foreach (var entry in response.Successful ?? []) Note(results, entry.Id, new SendResult(SendOutcome.Sent));
            foreach (var entry in response.Failed ?? []) Note(results, entry.Id, ToResult(entry));
        }
        catch (QueueUnavailableException e)
        {
            // SQS refuses a whole call for the text of one message where that is the only one; else all may be sent again.
            var isText = batch.Count == 1 && e.InnerException is AmazonServiceException { ErrorCode: InvalidText, StatusCode: HttpStatusCode.BadRequest };
            var outcome = isText ? SendOutcome.Refused : MayHaveArrived(e.InnerException) ? SendOutcome.Unknown : SendOutcome.Unavailable;
            Array.Fill(results, new SendResult(outcome, e.Code, e.Message));
        }
        catch (OperationCanceledException)
        {
            Array.Fill(results, new SendResult(SendOutcome.Unknown, "cancelled"));
        }

        return results;
    }

    /// <summary>Deletes at most ten messages; the number that could not be.</summary>
    public async Task<int> DeleteAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((m, i) => new DeleteMessageBatchRequestEntry($"{i}", m.ReceiptHandle)).ToList();
        var response = await CallAsync(() => _sqs.DeleteMessageBatchAsync(_url, entries, cancellationToken), cancellationToken);
        return response.Failed?.Count ?? 0;
    }

    /// <summary>Sets when at most ten messages become visible again.</summary>
    public Task HideAsync(IReadOnlyList<(QueueMessage Message, TimeSpan For)> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((m, i) => new ChangeMessageVisibilityBatchRequestEntry($"{i}", m.Message.ReceiptHandle)
        {
            VisibilityTimeout = (int)Math.Ceiling(m.For.TotalSeconds),
        }).ToList();
        return CallAsync(() => _sqs.ChangeMessageVisibilityBatchAsync(_url, entries, cancellationToken), cancellationToken);
    }

    /// <summary>How much it holds.</summary>
    public async Task<QueueDepth> DepthAsync(CancellationToken cancellationToken)
    {
        const string Depth = "ApproximateNumberOfMessages";
        List<string> names = [Depth, Depth + "NotVisible", Depth + "Delayed"];
        var answer = await CallAsync(() => _sqs.GetQueueAttributesAsync(_url, names, cancellationToken), cancellationToken);
        return new QueueDepth(answer.ApproximateNumberOfMessages, answer.ApproximateNumberOfMessagesNotVisible, answer.ApproximateNumberOfMessagesDelayed);
    }

    /// <summary>Its name for the whole of AWS; also the proof that it answers.</summary>
    public async Task<string> ArnAsync(CancellationToken cancellationToken)
        => (await CallAsync(() => _sqs.GetQueueAttributesAsync(_url, ["QueueArn"], cancellationToken), cancellationToken)).QueueARN;

    /// <summary>Runs a call, and turns what the client throws, whichever it is, into one exception.</summary>
    internal static async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        // Besides its own exceptions the SDK lets through what the runtime throws: for a limit of time, a connection that breaks within an answer, or one that is
        // reset in the instant in which it is made; and what it stumbles over in an answer that is none of SQS's.
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var code = e is AmazonServiceException { ErrorCode: { Length: > 0 } known } ? known : e.GetType().FullName!;
            throw new QueueUnavailableException($"The queue does not answer as it should: {e.Message}", e) { Code = code };
        }
    }

    private const string InvalidText = "InvalidMessageContents";

    // Only a refusal, and a connection that could not be made, say that nothing was taken: who answers with an error of his own may have done what he was asked for.
    private static bool MayHaveArrived(Exception? fault) => fault switch
    {
        AmazonServiceException refusal => (int)refusal.StatusCode is < 400 or >= 500,
        HttpRequestException http => http.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError),
        _ => true,
    };

    // An answer may name what was never sent, where something else than SQS gives it.
    private static void Note(SendResult[] results, string? id, SendResult result)
    {
        if (int.TryParse(id, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < results.Length) results[index] = result;
    }

    private static SendResult ToResult(BatchResultErrorEntry entry)
        => new(entry.Code == InvalidText ? SendOutcome.Refused : SendOutcome.Unavailable, entry.Code ?? "unknown", entry.Message);

    private static QueueMessage ToMessage(Message message)
    {
        var system = message.Attributes ?? [];
        var attributes = message.MessageAttributes is { Count: > 0 } all ? all.ToDictionary(a => a.Key, a => a.Value.StringValue ?? "") : null;
        var received = new QueueMessage(
            message.MessageId,
            message.ReceiptHandle,
            message.Body ?? "",
            (int)(Number(system, "ApproximateReceiveCount") ?? 1),
            system.GetValueOrDefault("MessageGroupId"),
            Number(system, "SentTimestamp") is { } sent ? DateTimeOffset.FromUnixTimeMilliseconds(sent) : null);
        return attributes is null ? received : received with { Attributes = attributes };
    }

    private static long? Number(Dictionary<string, string> attributes, string name)
        => attributes.TryGetValue(name, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;

    private SendMessageBatchRequestEntry ToEntry(OutgoingMessage message, int index) => new()
    {
        Id = index.ToString(CultureInfo.InvariantCulture),
        MessageBody = message.Body,
        MessageGroupId = message.GroupId ?? (_isFifo ? "none" : null),
        MessageDeduplicationId = _isFifo ? message.DeduplicationId : null,
        MessageAttributes = ToAttributes(message.Attributes),
    };

    private static Dictionary<string, MessageAttributeValue>? ToAttributes(IReadOnlyList<KeyValuePair<string, string>> attributes)
    {
        if (attributes.Count == 0) return null;
        var values = new Dictionary<string, MessageAttributeValue>(attributes.Count);
        foreach (var (name, value) in attributes) values.Add(name, new MessageAttributeValue { DataType = "String", StringValue = value });
        return values;
    }
}
