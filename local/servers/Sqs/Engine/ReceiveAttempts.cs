namespace Sqs.Engine;

/// <summary>
/// The receive attempts of a FIFO queue within five minutes: a call repeated with the same ReceiveRequestAttemptId gets the
/// same messages with the same handles again, as long as none of them was deleted, changed or received since.
/// </summary>
internal sealed class ReceiveAttempts
{
    private const long WindowMilliseconds = 5 * 60 * 1000;
    private readonly Dictionary<string, List<ReceivedMessage>> _attempts = [];
    private readonly Queue<(string Id, long At)> _expiry = new();

    public void Add(string id, List<ReceivedMessage> messages, long now)
    {
        _attempts[id] = messages;
        _expiry.Enqueue((id, now));
    }

    /// <summary>The messages of an earlier call with this id, hidden anew; null where it has to be a new receive.</summary>
    public List<ReceivedMessage>? Repeat(SqsEngine engine, SqsQueue queue, string id, long until, long now)
    {
        while (_expiry.TryPeek(out var oldest) && oldest.At + WindowMilliseconds <= now) _attempts.Remove(_expiry.Dequeue().Id);
        if (!_attempts.TryGetValue(id, out var messages) || !messages.TrueForAll(message => IsUnchanged(queue, message))) return null;
        foreach (var (message, _, _, _) in messages)
        {
            queue.Messages.Reschedule(message, until, now);
            engine.Journal.VisibilityChanged(queue, message);
        }

        return messages;
    }

    private static bool IsUnchanged(SqsQueue queue, ReceivedMessage received) =>
        received.Message.State == MessageState.InFlight
        && received.Message.ReceiveCount == received.ReceiveCount
        && queue.Messages.Find(received.Handle.Sequence) == received.Message;
}
