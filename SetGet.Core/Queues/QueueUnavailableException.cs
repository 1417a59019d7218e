namespace SetGet.Core.Queues;

/// <summary>The queue does not answer, or answers with a fault. Nothing is known of what the call has done.</summary>
public sealed class QueueUnavailableException : Exception
{
    public QueueUnavailableException()
    {
    }

    public QueueUnavailableException(string message)
        : base(message)
    {
    }

    public QueueUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>SQS's code, or the type of what was thrown: few different ones.</summary>
    public string Code { get; init; } = "unknown";
}
