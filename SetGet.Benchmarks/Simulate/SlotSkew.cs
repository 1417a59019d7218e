using System.Text;

namespace SetGet.Benchmarks.Simulate;

/// <summary>
/// How unevenly webhook keys of unequal popularity load the shards of a Redis cluster. All of a webhook key is in the slot of its hash tag,
/// <c>account/key</c> (docs/store.md), so the most popular key is on one shard however many there are.
/// </summary>
internal static class SlotSkew
{
    internal const int Keys = 1_000_000, Accounts = 10_000;
    private const int Slots = 16_384;

    internal static IReadOnlyList<int> Shards { get; } = [1, 3, 6, 12, 24, 48, 96];

    /// <summary>Popularity falls with a key's rank to this power: 0 is even, 1 is what words and pages usually have.</summary>
    internal static IReadOnlyList<double> Exponents { get; } = [0.0, 0.8, 1.0, 1.2];

    /// <summary>The load of the busiest shard for each number of <see cref="Shards"/>; 1 is the average.</summary>
    internal static double[] Of(double exponent)
    {
        var slots = new double[Slots];
        for (var rank = 1; rank <= Keys; rank++)
            slots[Slot($"account-{rank % Accounts}/order-{rank}")] += Math.Pow(rank, -exponent);
        return [.. Shards.Select(count => Busiest(slots, count) / (slots.Sum() / count))];
    }

    // Each shard has a range of slots, as a new cluster gives them.
    private static double Busiest(double[] slots, int shards)
    {
        var loads = new double[shards];
        for (var slot = 0; slot < Slots; slot++) loads[slot * shards / Slots] += slots[slot];
        return loads.Max();
    }

    /// <summary>CRC16 as Redis' cluster specification has it (XMODEM), modulo the number of slots.</summary>
    internal static int Slot(string tag)
    {
        var crc = 0;
        foreach (var each in Encoding.ASCII.GetBytes(tag))
        {
            crc ^= each << 8;
            for (var bit = 0; bit < 8; bit++) crc = ((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xFFFF;
        }

        return crc % Slots;
    }
}
