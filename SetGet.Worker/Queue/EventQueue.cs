using System.Globalization;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using SetGet.Core;
using SetGet.Worker.Composition;
using SetGet.Worker.Telemetry;

namespace SetGet.Worker.Queue;

/// <summary>The calls to SQS. They throw what the client throws.</summary>
internal sealed class EventQueue
{
    /// <summary>The most that SQS delivers, or takes, in one call.</summary>
    public const int BatchSize = 10;

    private readonly IAmazonSQS _sqs;
    private readonly QueueOptions _queues;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;

    public EventQueue(IAmazonSQS sqs, IOptions<QueueOptions> queues, QueueSpans spans, IOptions<WorkerOptions> options, TimeProvider time)
    {
        _sqs = sqs;
        _queues = queues.Value;
        _options = options.Value;
        _time = time;
        Name = spans.QueueName;
        WorkerActivities.Queue = spans;
        WorkerActivities.DeadLetters = new QueueSpans(_queues.DeadLetterQueueUrl);
    }

    /// <summary>The events queue's name, as its spans tell it.</summary>
    public string Name { get; }

    /// <summary>Waits for messages; empty when none came.</summary>
    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = _queues.EventsQueueUrl,
            MaxNumberOfMessages = BatchSize,
            WaitTimeSeconds = _options.WaitSeconds,
            VisibilityTimeout = _options.VisibilitySeconds,
            MessageSystemAttributeNames = ["ApproximateReceiveCount", "SentTimestamp", "MessageGroupId"],
        };
        var response = await _sqs.ReceiveMessageAsync(request, cancellationToken);
        return response.Messages is { } messages ? messages.ConvertAll(ToMessage) : [];
    }

    /// <summary>Deletes messages; those that are returned could not be.</summary>
    public async Task<int> DeleteAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((m, i) => new DeleteMessageBatchRequestEntry($"{i}", m.ReceiptHandle)).ToList();
        var response = await _sqs.DeleteMessageBatchAsync(_queues.EventsQueueUrl, entries, cancellationToken);
        return response.Failed?.Count ?? 0;
    }

    /// <summary>Sets when messages become visible again.</summary>
    public Task HideAsync(IReadOnlyList<(QueueMessage Message, TimeSpan For)> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Select((m, i) => new ChangeMessageVisibilityBatchRequestEntry($"{i}", m.Message.ReceiptHandle)
        {
            VisibilityTimeout = (int)Math.Ceiling(m.For.TotalSeconds),
        }).ToList();
        return _sqs.ChangeMessageVisibilityBatchAsync(_queues.EventsQueueUrl, entries, cancellationToken);
    }

    /// <summary>
    /// Sends the unchanged body to the dead-letter queue, with the reason as attributes. The caller deletes the message afterwards: a crash
    /// in between makes a second dead letter, and loses none.
    /// </summary>
    public Task SendDeadLetterAsync(MessageResult result, CancellationToken cancellationToken)
    {
        var message = result.Message;
        var attributes = new Dictionary<string, string>
        {
            ["Reason"] = result.Reason ?? DeadLetterReasons.InvalidRequest,
            ["Detail"] = result.Detail is { Length: > 0 } detail ? detail : "No detail is known.",
            ["ReceiveCount"] = message.ReceiveCount.ToString(CultureInfo.InvariantCulture),
            ["DeadAt"] = _time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            ["SourceMessageId"] = message.Id,
        };
        var isFifo = _queues.DeadLetterQueueUrl.EndsWith(".fifo", StringComparison.Ordinal);
        var request = new SendMessageRequest
        {
            QueueUrl = _queues.DeadLetterQueueUrl,
            MessageBody = message.Body,
            MessageAttributes = Fitting(message.Body, attributes),
            MessageGroupId = message.GroupId ?? (isFifo ? "none" : null),
            MessageDeduplicationId = isFifo ? message.Id : null,
        };
        return _sqs.SendMessageAsync(request, cancellationToken);
    }

    // Attributes count towards the size of a message. A body that leaves no room goes without: it is worth more than its reason.
    private static Dictionary<string, MessageAttributeValue>? Fitting(string body, Dictionary<string, string> attributes)
    {
        var left = EnvelopeWriter.MaxMessageBytes - Encoding.UTF8.GetByteCount(body);
        var fitting = new Dictionary<string, MessageAttributeValue>();
        foreach (var (name, value) in attributes)
        {
            left -= name.Length + Encoding.UTF8.GetByteCount(value) + "String".Length;
            if (left < 0) break;
            fitting.Add(name, new MessageAttributeValue { DataType = "String", StringValue = value });
        }

        return fitting.Count > 0 ? fitting : null;
    }

    private static QueueMessage ToMessage(Message message)
    {
        var attributes = message.Attributes ?? [];
        var count = attributes.TryGetValue("ApproximateReceiveCount", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var n) ? n : 1;
        DateTimeOffset? sentAt = attributes.TryGetValue("SentTimestamp", out var sent) && long.TryParse(sent, CultureInfo.InvariantCulture, out var ms)
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;
        return new QueueMessage(message.MessageId, message.ReceiptHandle, message.Body ?? "", count, attributes.GetValueOrDefault("MessageGroupId"), sentAt);
    }
}
