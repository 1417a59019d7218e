using SetGet.Tests.Campaign.Checking;

namespace SetGet.Tests.Campaign.Seeded;

/// <summary>One change of the product's source that breaks a promise.</summary>
/// <param name="Name">What is wrong then.</param>
/// <param name="File">Below the repository's root.</param>
/// <param name="Find">Occurs there, once or more often.</param>
/// <param name="Replace">What takes its place, everywhere.</param>
/// <param name="Breaks">The rules of which one at least must be found broken.</param>
/// <param name="Needs">The faults under which it shows. None: it shows by itself.</param>
internal sealed record SeededFault(string Name, string File, string Find, string Replace, Rule[] Breaks, params string[] Needs)
{
    internal static IReadOnlyList<SeededFault> All { get; } =
    [
        new("deleted before it is stored", "SetGet.Worker/Processing/BatchProcessor.cs", "item.Retry(stored.Fault?.Message ?? \"\");", "item.Done(\"Failed\");",
            [Rule.Lost, Rule.HalfStored], "Redis stopped", "connections to Redis cut", "Redis killed"),
        new("202 before the queue has it", "SetGet.Api/Set/Acceptor.cs", "if (outcome == SendOutcome.Sent) return;", "if (outcome != SendOutcome.Refused) return;",
            [Rule.Lost], "SQS fails", "connections to SQS cut"),
        new("no order check", "SetGet.Core/Store/store.lua", "local late = known[2] and known[3] ~= id and not isAfter(tonumber(at), id, tonumber(known[2]), known[3])", "local late = false",
            [Rule.Stale], "SQS delays and reorders"),
        new("ordered by arrival", "SetGet.Core/Store/store.lua", "call('ZADD', INDEX, at, id)", "call('ZADD', INDEX, nowText, id)",
            [Rule.Order, Rule.Stale], "SQS delays and reorders"),
        new("TTL from arrival", "SetGet.Core/Store/EventIdentity.cs", "_ttl.ExpiresAtAsync(request, item.AcceptedAt,", "_ttl.ExpiresAtAsync(request, _time.GetUtcNow().ToUnixTimeMilliseconds(),",
            [Rule.Ttl]),
        new("expired half a second late", "SetGet.Core/Store/EventReader.cs", "return record?.ExpiresAt <= now ||", "return record?.ExpiresAt <= now - 500 ||",
            [Rule.Expired]),
        new("leases are not given back", "SetGet.Core/Store/prelude.lua", "if #back > 0 then giveBack(back) end", "if #back > 0 then drop(back) end",
            [Rule.Lost]),
        new("a lease hides nothing", "SetGet.Core/Store/take.lua", "hide(hidden, ARGV[4], KEYS[7])", "call('SET', KEYS[7], ARGV[4] .. '|' .. table.concat(hidden))",
            [Rule.Lease, Rule.Doubled]),
        new("an acknowledgement does nothing", "SetGet.Core/Store/ack.lua", "release(ids)\n", "", [Rule.Doubled]),
        new("the gate is forgotten", "SetGet.Core/Store/store.lua", "call('ZADD', SEEN, nowText, id)", "", [Rule.Doubled], "SQS delivers twice"),
        new("idempotency keys are ignored by the worker", "SetGet.Core/Store/EventIdentity.cs", "if (head.IdempotencyKey is { } key)", "if (head.IdempotencyKey is { Length: 0 } key)",
            [Rule.Doubled]),
        new("a key that fails is passed over", "SetGet.Core/Store/EventWriter.cs", "foreach (var answer in await Task.WhenAll(writes))",
            "foreach (var answer in (await Task.WhenAll(writes.Select(async write => { try { return await write; } catch (RedisUnavailableException) { return null!; } }))).Where(answer => answer is not null))",
            [Rule.HalfStored, Rule.Lost], "Redis stopped", "connections to Redis cut", "Redis killed"),
        new("shared data expires early", "SetGet.Core/Store/EventWriter.cs", "var life = TimeSpan.FromMilliseconds(item.ExpiresAt - Now) + SharedDataGrace;", "var life = TimeSpan.FromSeconds(3);",
            [Rule.Lost, Rule.HalfStored, Rule.Stale]),
        new("accounts share their keys", "SetGet.Core/Redis/RedisKeys.cs", "$\"sg:{{{account}/{key}}}:", "$\"sg:{{all/{key}}}:", [Rule.Crossed]),
        new("a dead letter for a fault that passes", "SetGet.Worker/Processing/BatchProcessor.cs", "item.Retry(stored.Fault?.Message ?? \"\");", "item.Bury(\"redis\", \"\");",
            [Rule.DeadLetter], "Redis stopped", "connections to Redis cut", "Redis killed"),
        new("dropped where the dead-letter queue does not answer", "SetGet.Worker/Processing/DeadLetterSender.cs", "return false;", "return true;",
            [Rule.DeadLetter], "SQS fails", "SQS throttles"),
        new("the last byte is cut", "SetGet.Core/Store/StoreItem.cs", "HeaderBlock.Join(Request.Headers, Request.Data);", "HeaderBlock.Join(Request.Headers, Request.Data)[..^1];",
            [Rule.Changed]),
    ];
}
