namespace Sqs.Tests;

/// <summary>A message as the model sees it.</summary>
internal sealed class ModelMessage
{
    public required string Body { get; init; }

    public string? Group { get; init; }

    public required int Number { get; init; }

    public int Receives { get; set; }

    /// <summary>Milliseconds of the fake clock; visible from then on.</summary>
    public long VisibleAt { get; set; }

    public bool WasReceived => Receives > 0;
}

/// <summary>
/// SQS in its simplest form: a list of messages and rules that are read off SQS's documentation, none of it fast. What may be
/// received is a question that it answers by looking at everything.
/// </summary>
internal sealed class QueueModel
{
    public const int MaximumReceives = 3;
    public const int DeduplicationMilliseconds = 5 * 60 * 1000;

    private readonly bool _isFifo;
    private readonly Dictionary<string, long> _deduplication = [];
    private int _sent;

    public QueueModel(bool isFifo) => _isFifo = isFifo;

    public List<ModelMessage> Messages { get; } = [];

    public List<string> DeadLetters { get; } = [];

    public void Send(string body, string? group, string? deduplicationId, int delaySeconds, long now)
    {
        if (deduplicationId is not null)
        {
            if (_deduplication.TryGetValue(deduplicationId, out var at) && now < at + DeduplicationMilliseconds) return;
            _deduplication[deduplicationId] = now;
        }

        Messages.Add(new ModelMessage { Body = body, Group = group, Number = _sent++, VisibleAt = now + (delaySeconds * 1000L) });
    }

    /// <summary>Whether a message may be received now, given what this same call has already received.</summary>
    public bool MayReceive(ModelMessage message, IReadOnlyCollection<ModelMessage> sameCall, long now)
        => message.VisibleAt <= now && !sameCall.Contains(message) && message.Receives < MaximumReceives
        && (!_isFifo || Messages.Where(other => other.Group == message.Group && other.Number < message.Number)
            .All(earlier => sameCall.Contains(earlier)));

    /// <summary>Messages received too often leave for the dead-letter queue when a call comes upon them.</summary>
    public IEnumerable<ModelMessage> Exhausted(long now)
        => Messages.Where(message => message.VisibleAt <= now && message.Receives >= MaximumReceives);
}
