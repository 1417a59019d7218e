using System.Globalization;

namespace SetGet.Core.Accounts;

/// <summary>A setting over time, as Redis holds it: <c>since:seconds,since:seconds,…</c>, oldest first, 0 seconds for none.</summary>
internal static class TtlHistory
{
    /// <summary>The seconds that were set at a time (epoch milliseconds); null where nothing was.</summary>
    internal static int? At(string? history, long time)
    {
        int? seconds = null;
        if (history is null) return null;
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
