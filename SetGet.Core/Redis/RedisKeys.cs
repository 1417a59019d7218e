using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace SetGet.Core.Redis;

/// <summary>
/// The name of every Redis key and channel; docs/store.md lists them, and what is in each. All that belongs to one webhook key carries its
/// hash tag, and so lives in one slot of a cluster.
/// </summary>
internal static class RedisKeys
{
    /// <summary>The channel on which a write names the webhook key, as <see cref="Name"/>.</summary>
    internal const string WakeChannel = "sg:wake";

    /// <summary>The hash tag of what belongs to no account: no account can be called that.</summary>
    private const string Own = "{:stats}";

    /// <summary>What a probe writes to see whether Redis takes writes.</summary>
    internal static readonly RedisKey Probe = "sg:probe";

    /// <summary>The accounts that any process ever met.</summary>
    internal static readonly RedisKey Accounts = "sg:accounts";

    /// <summary>How many webhook keys have live events, and the same by the time at which they will have expired.</summary>
    internal static readonly RedisKey[] LiveKeys = [$"sg:{Own}:keys", $"sg:{Own}:keys:x"];

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

    /// <summary>The flows of an account that events came for.</summary>
    internal static RedisKey Flows(string account) => OfAccount(account, "flows");

    /// <summary>What became of the last events of an account.</summary>
    internal static RedisKey RecentEvents(string account) => OfAccount(account, "recent");

    /// <summary>The TTLs of an account and its flows.</summary>
    internal static RedisKey Ttl(string account) => OfAccount(account, "ttl");

    /// <summary>An account's own limits.</summary>
    internal static RedisKey Limits(string account) => OfAccount(account, "limits");

    /// <summary>An account's token bucket.</summary>
    internal static RedisKey Bucket(string account) => OfAccount(account, "bucket");

    /// <summary>How many events and bytes of an account are live, and the same by the time at which they will have expired.</summary>
    internal static RedisKey[] Live(string account) => [OfAccount(account, "live"), OfAccount(account, "live:x")];

    /// <summary>The ids of an account's API keys.</summary>
    internal static RedisKey ApiKeys(string account) => OfAccount(account, "keys");

    /// <summary>One API key. Without a hash tag: they spread over the slots.</summary>
    internal static RedisKey ApiKey(string id) => "sg:apikey:" + id;

    /// <summary>The signing secrets of a flow.</summary>
    internal static RedisKey Secrets(string account, string flow) => $"sg:{{{account}/f/{flow}}}:secrets";

    /// <summary>Those that were removed.</summary>
    internal static RedisKey RemovedSecrets(string account, string flow) => $"sg:{{{account}/f/{flow}}}:secrets:removed";

    /// <summary>What a flow knows of its sender.</summary>
    internal static RedisKey Source(string account, string flow) => $"sg:{{{account}/f/{flow}}}:source";

    /// <summary>How the last deliveries to a flow fared that were refused.</summary>
    internal static RedisKey RefusedDeliveries(string account, string flow) => $"sg:{{{account}/f/{flow}}}:refused";

    /// <summary>The last delivery to a flow that was accepted.</summary>
    internal static RedisKey AcceptedDelivery(string account, string flow) => $"sg:{{{account}/f/{flow}}}:accepted";

    /// <summary>
    /// The claim of an idempotency key. Without a hash tag: the claims of one account spread over all slots. Hashed, because a key may hold
    /// any printable character.
    /// </summary>
    internal static RedisKey Claim(string account, string flow, string key)
        => $"sg:idem:{account}/{flow}/{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";

    /// <summary>What all processes counted in a minute (of the epoch).</summary>
    internal static RedisKey Throughput(long minute) => $"sg:{Own}:" + minute.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many dead letters strangers have made in an hour (of the epoch), by flow, or together where their messages are none.</summary>
    internal static RedisKey Strangers(string account, string flow, long hour)
        => $"sg:{Own}:strangers:{hour.ToString(CultureInfo.InvariantCulture)}:{account}/{flow}";

    private static RedisKey OfAccount(string account, string what) => $"sg:{{{account}}}:{what}";
}
