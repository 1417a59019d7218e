using System.Text;
using Microsoft.Extensions.Options;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Store;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>A store with a clock of its own over a shared server, and an account that no other test uses.</summary>
public sealed class StoreFixture
{
    private static int Accounts;

    private StoreFixture(ConnectionMultiplexer redis, int maxEvents, TtlOptions ttl)
    {
        Redis = redis;
        Calls = new RedisCalls(redis);
        Directory = new AccountDirectory(Calls);
        Ttl = new TtlSettings(Calls, Directory, Options.Create(ttl), Time);
        Idempotency = new IdempotencyStore(Calls, Ttl);
        Live = new LiveCounts(Calls, Directory, Time);
        Store = new EventReader(Calls, Time);
        Taker = new EventTaker(Calls, Live, Time);
        Writer = new EventWriter(Calls, new EventIdentity(Idempotency, Ttl, Time), Live, Options.Create(new HistoryOptions { MaxEventsPerKey = maxEvents }), Time);
    }

    public ManualTime Time { get; } = new();

    public string Account { get; } = $"t{Environment.ProcessId}-{Interlocked.Increment(ref Accounts)}";

    public ConnectionMultiplexer Redis { get; }

    public RedisCalls Calls { get; }

    public TtlSettings Ttl { get; }

    public IdempotencyStore Idempotency { get; }

    public AccountDirectory Directory { get; }

    public EventReader Store { get; }

    public EventTaker Taker { get; }

    public EventWriter Writer { get; }

    public LiveCounts Live { get; }

    public static async Task<StoreFixture> CreateAsync(string server, int maxEvents = 1000, TtlOptions? ttl = null)
    {
        return new StoreFixture(await StoreServers.ConnectAsync(server), maxEvents, ttl ?? new TtlOptions());
    }

    /// <summary>A store over a server of the test's own.</summary>
    public static StoreFixture Over(ConnectionMultiplexer redis, int maxEvents = 1000) => new(redis, maxEvents, new TtlOptions());

    /// <summary>An envelope of this account; accepted now unless said otherwise.</summary>
    public Envelope Envelope(string data, long? acceptedAt = null, string? id = null, int? ttl = null, string? idempotencyKey = null, params string[] keys)
    {
        var head = new EnvelopeHead(id ?? Guid.CreateVersion7().ToString(), acceptedAt ?? Time.Now, "root", idempotencyKey, null);
        return new Envelope(head, new EventRequest
        {
            AccountId = Account,
            FlowId = "flow",
            WebhookKeys = keys.Length == 0 ? ["key"] : keys,
            Data = Encoding.UTF8.GetBytes(data),
            TtlSeconds = ttl,
        });
    }

    /// <summary>A reader as this one's over another connection.</summary>
    public EventReader ReaderOver(ConnectionMultiplexer redis) => new(new RedisCalls(redis), Time);

    /// <summary>A taker as this one's over another connection, with counts of its own.</summary>
    public EventTaker TakerOver(ConnectionMultiplexer redis, LiveCounts? live = null)
    {
        var calls = new RedisCalls(redis);
        return new EventTaker(calls, live ?? new LiveCounts(calls, Directory, Time), Time);
    }

    /// <summary>A writer as this one's over another connection.</summary>
    public EventWriter WriterOver(ConnectionMultiplexer redis)
    {
        var calls = new RedisCalls(redis);
        var ttl = new TtlSettings(calls, Directory, Options.Create(new TtlOptions()), Time);
        var live = new LiveCounts(calls, Directory, Time);
        return new EventWriter(calls, new EventIdentity(new IdempotencyStore(calls, ttl), ttl, Time), live, Options.Create(new HistoryOptions()), Time);
    }

    public async Task<StoreResult> StoreAsync(Envelope envelope) => (await Writer.StoreAsync([envelope], CancellationToken.None))[0];

    public async Task<string?> NewestAsync(string key = "key")
        => (await Store.GetNewestAsync(Account, key, CancellationToken.None)) is { } found ? Text(found) : null;

    public Task<EventPage> ListAsync(EventCursor? after = null, int limit = 1000, string key = "key")
        => Store.ListAsync(Account, key, after, limit, CancellationToken.None);

    public async Task<string[]> AllAsync(string key = "key") => [.. (await ListAsync(key: key)).Events.Select(Text)];

    public static string Text(StoredEvent stored) => Encoding.UTF8.GetString(stored.Data.Span);
}
