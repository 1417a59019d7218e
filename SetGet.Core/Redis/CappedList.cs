using StackExchange.Redis;

namespace SetGet.Core.Redis;

/// <summary>A list in Redis of what came last, for operators: it never grows beyond its bound, and goes when nothing comes any more.</summary>
internal static class CappedList
{
    /// <summary>Puts the values before all others, the last one first, and drops what goes beyond <paramref name="max"/>. The commands go out together.</summary>
    internal static Task PushAsync(IDatabase db, RedisKey key, RedisValue[] values, int max, TimeSpan life) => Task.WhenAll(
        db.ListLeftPushAsync(key, values), db.ListTrimAsync(key, 0, max - 1), db.KeyExpireAsync(key, life));
}
