using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Store;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>How a script is cut.</summary>
public sealed partial class CutScriptTests
{
    private static async Task CutStoreAsync(StoreFixture store, string data, long acceptedAt, int cut)
    {
        var envelope = Again(store, data, acceptedAt);
        var id = Guid.Parse(envelope.Id);
        var expiresAt = await store.Ttl.ExpiresAtAsync(envelope.Request, acceptedAt, CancellationToken.None);
        var record = new EventRecord(id, acceptedAt, expiresAt, "flow", EventRequest.Json, Encoding.UTF8.GetBytes(data), IsShared: false, HasHeaders: false).Encode();
        await RunAsync(store, RedisScript.Load<EventWriter>("prelude", "store"), cut, null, store.Time.Now, id.ToByteArray(bigEndian: true), acceptedAt, expiresAt, record, 1000, $"{store.Account}/{Key}");
    }

    /// <returns>Whether it ran to its end.</returns>
    private static async Task<bool> RunAsync(StoreFixture store, RedisScript script, int cut, string? lease, params RedisValue[] values)
    {
        try
        {
            await store.Redis.GetDatabase().ScriptEvaluateAsync(
                Cut + script.Text.Replace("redis.call", "cut", StringComparison.Ordinal), RedisKeys.Of(store.Account, Key, lease), [.. values, cut]);
            return true;
        }
        catch (RedisServerException e) when (e.Message.Contains("the server is gone", StringComparison.Ordinal))
        {
            WasCut.Value!.Value = true;
            return false;
        }
    }
}
