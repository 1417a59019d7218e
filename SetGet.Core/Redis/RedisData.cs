using System.Text.Json;

namespace SetGet.Core.Redis;

/// <summary>
/// What is in Redis and cannot be read: another version of SetGet wrote it, or something else did. It is a fault that may pass, once the version that can read it
/// runs, and nobody's request is at fault; so it is said as any other of the store's, and no event is given up for it.
/// </summary>
internal static class RedisData
{
    /// <summary>Reads an answer.</summary>
    /// <param name="what">What it is, at the beginning of a sentence.</param>
    /// <exception cref="RedisUnavailableException">It cannot be read.</exception>
    internal static T Read<TAnswer, T>(string what, TAnswer answer, Func<TAnswer, T> read)
    {
        try
        {
            return read(answer);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw new RedisUnavailableException($"{what} is in Redis, but cannot be read: another version of SetGet wrote it, or something else did.", exception);
        }
    }

    /// <summary>What readers of text and bytes throw at what is none of theirs.</summary>
    private static bool IsUnreadable(Exception exception)
        => exception is FormatException or OverflowException or ArgumentException or IndexOutOfRangeException or InvalidCastException or JsonException;
}
