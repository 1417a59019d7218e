using System.Globalization;
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
    public IEnumerable<(string Name, string Value)> SystemOf(ReceivedMessage received)
    {
        if (_system.Count == 0) yield break;
        var message = received.Message;
        if (WantsSystem("SenderId")) yield return ("SenderId", _senderId);
        if (WantsSystem("SentTimestamp")) yield return ("SentTimestamp", Text(message.SentAt));
        if (WantsSystem("ApproximateReceiveCount")) yield return ("ApproximateReceiveCount", Text(received.ReceiveCount));
        if (WantsSystem("ApproximateFirstReceiveTimestamp")) yield return ("ApproximateFirstReceiveTimestamp", Text(received.FirstReceivedAt));
        if (message.GroupId is { } group && WantsSystem("MessageGroupId")) yield return ("MessageGroupId", group);
        if (message.DeduplicationId is { } id && WantsSystem("MessageDeduplicationId")) yield return ("MessageDeduplicationId", id);
        if (_isFifo && WantsSystem("SequenceNumber")) yield return ("SequenceNumber", SequenceNumber.Text(received.Handle.Sequence));
        if (message.Extras?.TraceHeader is { } trace && WantsSystem("AWSTraceHeader")) yield return ("AWSTraceHeader", trace);
        if (message.Extras?.DeadLetterSourceArn is { } source && WantsSystem("DeadLetterQueueSourceArn")) yield return ("DeadLetterQueueSourceArn", source);
    }

    private bool Wants(string name) => _exact.Contains(name) || _prefixes.Exists(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private bool WantsSystem(string system) => _allSystem || _system.Contains(system);

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
