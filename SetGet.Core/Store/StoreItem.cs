using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using StackExchange.Redis;

namespace SetGet.Core.Store;

/// <summary>One envelope on its way into Redis.</summary>
internal sealed class StoreItem
{
    /// <summary>Larger data that goes under several keys is held once: a second round trip costs every reader more than a copy of less saves. Bytes.</summary>
    private const int ShareAbove = 1024;

    /// <summary>So is smaller data whose copies would take more than that together. Bytes.</summary>
    private const int ShareCopiesAbove = 16 * 1024;

    internal StoreItem(Envelope envelope)
    {
        Envelope = envelope;
        Data = HeaderBlock.Join(Request.Headers, Request.Data);
        Id = Guid.ParseExact(envelope.Id, "D");
        AcceptedAt = envelope.AcceptedAt;
    }

    internal Envelope Envelope { get; }

    /// <summary>What is held of the event: the request's headers and data.</summary>
    internal ReadOnlyMemory<byte> Data { get; }

    internal EventRequest Request => Envelope.Request;

    /// <summary>The envelope's; or that of the first with the same idempotency key.</summary>
    internal Guid Id { get; set; }

    internal long AcceptedAt { get; set; }

    internal long ExpiresAt { get; set; }

    internal StoreResult? Result { get; set; }

    /// <summary>What the write adds to the account's live counts, and what it pushed out.</summary>
    internal List<LiveChange> Changes { get; } = [];

    internal bool IsShared => Request.WebhookKeys.Count > 1
        && (Data.Length > ShareAbove || (long)Data.Length * (Request.WebhookKeys.Count - 1) > ShareCopiesAbove);

    internal RedisValue[] Arguments(string key, long now, int maxEvents, byte[] record)
        => [now, Id.ToByteArray(bigEndian: true), AcceptedAt, ExpiresAt, record, maxEvents, RedisKeys.Name(Request.AccountId, key)];

    internal byte[] Encode()
        => new EventRecord(Id, AcceptedAt, ExpiresAt, Request.FlowId, Request.ContentType, Data, IsShared, Request.Headers.Count > 0).Encode();
}
