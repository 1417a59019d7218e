using System.Globalization;
using SetGet.Core.Redis;

namespace SetGet.Core.Accounts;

/// <summary>A setting over time, as Redis holds it: <c>since:seconds,since:seconds,…</c>, oldest first, 0 seconds for none.</summary>
internal static class TtlHistory
{
    /// <summary>The seconds that were set at a time (epoch milliseconds); null where nothing was.</summary>
    /// <exception cref="RedisUnavailableException">It is no history.</exception>
    internal static int? At(string? history, long time)
        => history is null ? null : RedisData.Read("A TTL", (history, time), static each => SecondsAt(each.history, each.time));

    private static int? SecondsAt(string history, long time)
    {
        int? seconds = null;
        foreach (var range in history.AsSpan().Split(','))
        {
            var entry = history.AsSpan()[range];
            var colon = entry.IndexOf(':');
            if (long.Parse(entry[..colon], CultureInfo.InvariantCulture) > time) break;
            var value = int.Parse(entry[(colon + 1)..], CultureInfo.InvariantCulture);
            seconds = value == 0 ? null : value;
        }

        return seconds;
    }
}
