using System.Globalization;

namespace SetGet.Tests.Campaign.Load;

/// <summary>How a webhook key's events are used, by the beginning of its name.</summary>
internal enum Purpose
{
    /// <summary>Stays: nobody takes it, and it outlives the campaign.</summary>
    Kept,

    /// <summary>Expires within seconds.</summary>
    Short,

    /// <summary>Is taken with a lease and acknowledged.</summary>
    Leased,

    /// <summary>Is taken without a lease.</summary>
    Taken,
}

/// <summary>The four ways in.</summary>
internal enum Way
{
    ApiSet,
    ApiHook,
    GatewaySet,
    GatewayHook,
}

/// <summary>One event of a campaign. Whoever knows the seed and its number knows all of it.</summary>
internal sealed record PlannedEvent(
    int Number, Account Account, Purpose Purpose, IReadOnlyList<string> Keys, (char Letter, int Count) Padding, int? TtlSeconds, Way Way, bool IsIdempotent, bool IsSentTwice)
{
    /// <summary>Tells whose it is, and which; made when it is asked for, because there are a million of them.</summary>
    internal string Data => string.Create(CultureInfo.InvariantCulture, $"{Account.Id}|{Number}|{new string(Padding.Letter, Padding.Count)}");
}

/// <summary>Makes the events of a seed.</summary>
internal sealed class Plan(int seed)
{
    /// <summary>What the flow's events without a TTL of their own live. Seconds.</summary>
    internal const int DefaultTtlSeconds = 86_400;

    internal const int LeasedKeys = 3, TakenKeys = 2;
    private const int ShortKeys = 5_000, KeysOfGeneration = 20, EventsOfGeneration = 4_000;

    internal int Seed => seed;

    internal PlannedEvent this[int number]
    {
        get
        {
            var dice = new Dice(seed, number);
            var account = Accounts.All[dice.Below(2)];
            var purpose = dice.Below(100) switch { < 70 => Purpose.Kept, < 82 => Purpose.Short, < 94 => Purpose.Leased, _ => Purpose.Taken };
            var keys = KeysOf(purpose, number, ref dice);
            var ttl = purpose == Purpose.Short ? 2 + dice.Below(3) : (int?)null;
            var way = (Way)dice.Below(4);
            var isIdempotent = dice.Below(2) == 0;
            return new PlannedEvent(number, account, purpose, keys, PaddingOf(ref dice), ttl, way, isIdempotent, isIdempotent && dice.Below(8) == 0);
        }
    }

    /// <summary>The account and number that data tells; null where it is none of a campaign's.</summary>
    internal static (string Account, int Number)? Read(string data)
    {
        var parts = data.Split('|');
        return parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (parts[0], number) : null;
    }

    /// <summary>Every webhook key that events up to this number were kept under.</summary>
    internal static IEnumerable<string> KeptKeys(int last)
        => Enumerable.Range(0, (last / EventsOfGeneration) + 1).SelectMany(generation => Enumerable.Range(0, KeysOfGeneration).Select(key => Kept(generation, key)));

    internal static string LeasedKey(int key) => "leased-" + key.ToString(CultureInfo.InvariantCulture);

    internal static string TakenKey(int key) => "taken-" + key.ToString(CultureInfo.InvariantCulture);

    private static string Kept(int generation, int key) => string.Create(CultureInfo.InvariantCulture, $"kept-{generation}-{key}");

    private static List<string> KeysOf(Purpose purpose, int number, ref Dice dice)
    {
        switch (purpose)
        {
            // So many that the newest of most has expired when it is read: a key that is written all the time never shows what is late to go.
            case Purpose.Short: return ["short-" + dice.Below(ShortKeys).ToString(CultureInfo.InvariantCulture)];
            case Purpose.Leased: return [LeasedKey(dice.Below(LeasedKeys))];
            case Purpose.Taken: return [TakenKey(dice.Below(TakenKeys))];
            default:
                var (count, first) = (dice.Below(10) switch { < 7 => 1, < 9 => 2, _ => 5 }, dice.Below(KeysOfGeneration));
                return [.. Enumerable.Range(first, count).Select(key => Kept(number / EventsOfGeneration, key % KeysOfGeneration))];
        }
    }

    // Most are small; some are stored once for all their keys, and a few are large.
    private static (char Letter, int Count) PaddingOf(ref Dice dice)
    {
        var count = dice.Below(200) switch { 0 => 20_000, < 10 => 1_500 + dice.Below(2_000), _ => 20 + dice.Below(100) };
        return ((char)('a' + dice.Below(26)), count);
    }

    /// <summary>Numbers that depend on seed and event alone (SplitMix64).</summary>
    private struct Dice(int seed, int number)
    {
        private ulong _state = ((ulong)(uint)seed << 32) | (uint)number;

        internal int Below(int limit)
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)limit);
        }
    }
}
