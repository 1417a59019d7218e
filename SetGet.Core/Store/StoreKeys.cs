using StackExchange.Redis;

namespace SetGet.Core;

/// <summary>The names of Redis keys. All that belongs to one webhook key carries its hash tag, and so lives in one slot of a cluster.</summary>
internal static class StoreKeys
{
    /// <summary>The channel on which a write names the webhook key, as <see cref="Name"/>.</summary>
    internal const string WakeChannel = "sg:wake";

    /// <summary>A webhook key with its account. The slash cannot occur in either.</summary>
    internal static string Name(string account, string key) => $"{account}/{key}";

    /// <summary>What every script of a webhook key takes, in the order of prelude.lua.</summary>
    internal static RedisKey[] Of(string account, string key, string? leaseId = null)
    {
        var prefix = $"sg:{{{account}/{key}}}:";
        RedisKey[] keys = [prefix + "i", prefix + "d", prefix + "x", prefix + "l", prefix + "late", prefix + "seen"];
        return leaseId is null ? keys : [.. keys, prefix + "lease:" + leaseId];
    }

    /// <summary>The records alone: enough to read the newest event.</summary>
    internal static RedisKey Records(string account, string key) => $"sg:{{{account}/{key}}}:d";

    /// <summary>Data that several webhook keys share.</summary>
    internal static RedisKey SharedData(string account, Guid id) => $"sg:{{{account}/e/{id:N}}}";

    /// <summary>What belongs to an account.</summary>
    internal static RedisKey OfAccount(string account, string what) => $"sg:{{{account}}}:{what}";
}
