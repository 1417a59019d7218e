using StackExchange.Redis;

namespace SetGet.Core.Redis;

/// <summary>Redis does not answer, or answers with a fault that may pass. Nothing is known of what the command has done.</summary>
public sealed class RedisUnavailableException : Exception
{
    public RedisUnavailableException()
    {
    }

    public RedisUnavailableException(string message)
        : base(message)
    {
    }

    public RedisUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True where Redis answers, but takes no writes: it is full, a replica, has none, or cannot save.</summary>
    public bool TakesNoWrites => InnerException is RedisServerException { Message: var message }
        && Array.Exists(NoWrites, code => message.Contains(code, StringComparison.Ordinal));

    // Within a script the message begins with something else than the code.
    private static readonly string[] NoWrites = ["OOM", "READONLY", "NOREPLICAS", "MISCONF"];
}
