using System.Globalization;
using System.Text.Json.Nodes;
using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>Which attributes a ReceiveMessage call wants: by name, all (<c>All</c>, <c>*</c>, <c>.*</c>), or by prefix (<c>foo.*</c>).</summary>
internal sealed class AttributeSelection
{
    private static readonly string[] SystemNames =
    [
        "All", "ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "AWSTraceHeader", "DeadLetterQueueSourceArn",
        "MessageDeduplicationId", "MessageGroupId", "SenderId", "SentTimestamp", "SequenceNumber",
    ];

    private readonly string _senderId;
    private readonly bool _isFifo;
    private readonly HashSet<string> _system;
    private readonly bool _allSystem;
    private readonly HashSet<string> _exact = [];
    private readonly List<string> _prefixes = [];
    private readonly bool _all;

    /// <exception cref="SqsException">A system attribute's name is unknown.</exception>
    public AttributeSelection(IEnumerable<string> systemNames, IEnumerable<string> names, SqsQueue queue)
    {
        _senderId = queue.Account.Id;
        _isFifo = queue.IsFifo;
        _system = [.. systemNames];
        _allSystem = _system.Contains("All");
        if (_system.FirstOrDefault(name => !SystemNames.Contains(name, StringComparer.Ordinal)) is { } unknown)
            throw new SqsException(SqsError.InvalidAttributeName, $"Unknown Attribute {unknown}.");
        foreach (var name in names)
        {
            if (name is "All" or ".*" or "*") _all = true;
            else if (name.EndsWith(".*", StringComparison.Ordinal)) _prefixes.Add(name[..^2]);
            else _exact.Add(name);
        }
    }

    /// <summary>The message attributes that are wanted. All of them are the same array, so that their MD5 need not be taken again.</summary>
    public MessageAttribute[] Of(Message message)
    {
        if (message.Extras is not { Attributes: { Length: > 0 } attributes }) return [];
        return _all ? attributes : Array.FindAll(attributes, attribute => Wants(attribute.Name));
    }

    /// <summary>The system attributes that are wanted and that the message has.</summary>
    public JsonObject SystemOf(ReceivedMessage received)
    {
        var values = new JsonObject();
        if (_system.Count == 0) return values;
        var message = received.Message;
        Add("SenderId", _senderId);
        Add("SentTimestamp", Text(message.SentAt));
        Add("ApproximateReceiveCount", Text(received.ReceiveCount));
        Add("ApproximateFirstReceiveTimestamp", Text(received.FirstReceivedAt));
        Add("MessageGroupId", message.GroupId);
        Add("MessageDeduplicationId", message.DeduplicationId);
        Add("SequenceNumber", _isFifo ? SequenceNumber.Text(received.Handle.Sequence) : null);
        Add("AWSTraceHeader", message.Extras?.TraceHeader);
        Add("DeadLetterQueueSourceArn", message.Extras?.DeadLetterSourceArn);
        return values;
        void Add(string name, string? value)
        {
            if (value is not null && (_allSystem || _system.Contains(name))) values[name] = value;
        }
    }

    private bool Wants(string name) => _exact.Contains(name) || _prefixes.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The sequence numbers of FIFO queues as SQS writes them: 20 digits, ascending.</summary>
internal static class SequenceNumber
{
    /// <summary>No long runs of zeros: what masks account ids in recorded answers would find the local one in every number.</summary>
    private const ulong Base = 17_283_946_571_283_946_752;
    private const ulong Step = 256;

    public static string Text(long sequence) => (Base + ((ulong)sequence * Step)).ToString(CultureInfo.InvariantCulture);
}
