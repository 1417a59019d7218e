using System.Globalization;
using System.Text.Json.Nodes;
using Sqs.Engine;

namespace Sqs.Protocol;

/// <summary>Which attributes a ReceiveMessage call wants: by name, all (<c>All</c>, <c>*</c>, <c>.*</c>), or by prefix (<c>foo.*</c>).</summary>
internal sealed class AttributeSelection
{
    /// <summary>The system attributes, in the order in which they are answered.</summary>
    private static readonly (string Name, Func<SqsQueue, ReceivedMessage, string?> Value)[] System =
    [
        ("SenderId", (queue, _) => queue.Account.Id),
        ("SentTimestamp", (_, received) => Text(received.Message.SentAt)),
        ("ApproximateReceiveCount", (_, received) => Text(received.ReceiveCount)),
        ("ApproximateFirstReceiveTimestamp", (_, received) => Text(received.FirstReceivedAt)),
        ("MessageGroupId", (_, received) => received.Message.GroupId),
        ("MessageDeduplicationId", (_, received) => received.Message.DeduplicationId),
        ("SequenceNumber", (queue, received) => queue.IsFifo ? SequenceNumber.Text(received.Handle.Sequence) : null),
        ("AWSTraceHeader", (_, received) => received.Message.TraceHeader),
        ("DeadLetterQueueSourceArn", (_, received) => received.Message.DeadLetterSourceArn),
    ];

    private readonly SqsQueue _queue;
    private readonly HashSet<string> _system;
    private readonly List<Predicate<string>> _wanted;

    /// <exception cref="SqsException">A system attribute's name is unknown.</exception>
    public AttributeSelection(IEnumerable<string> systemNames, IEnumerable<string> names, SqsQueue queue)
    {
        _queue = queue;
        _system = [.. systemNames];
        if (_system.FirstOrDefault(name => name != "All" && !Array.Exists(System, known => known.Name == name)) is { } unknown)
            throw SqsError.InvalidAttributeName.With($"Unknown Attribute {unknown}.");
        _wanted = [.. names.Select(Wanted)];
    }

    /// <summary>The message attributes that are wanted.</summary>
    public MessageAttribute[] Of(Message message) => Array.FindAll(message.Attributes, attribute => _wanted.Exists(wants => wants(attribute.Name)));

    /// <summary>The system attributes that are wanted and that the message has.</summary>
    public JsonObject SystemOf(ReceivedMessage received)
    {
        var values = new JsonObject();
        foreach (var (name, value) in _system.Count == 0 ? [] : System)
            if ((_system.Contains("All") || _system.Contains(name)) && value(_queue, received) is { } text) values[name] = text;
        return values;
    }

    private static Predicate<string> Wanted(string pattern) => pattern switch
    {
        "All" or ".*" or "*" => static _ => true,
        [.. var prefix, '.', '*'] => name => name.StartsWith(prefix, StringComparison.Ordinal),
        _ => name => name == pattern,
    };

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
