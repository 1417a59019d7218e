using System.Text;
using Microsoft.Extensions.Options;
using SetGet.Core.Accounts;
using SetGet.Core.Events;
using SetGet.Core.Redis;
using SetGet.Core.Senders;
using SetGet.Core.Signing;
using SetGet.Core.Store;
using SetGet.Tests.Core;
using StackExchange.Redis;

namespace SetGet.Tests.Upgrade;

/// <summary>All that has data in Redis, over one server, for one account.</summary>
internal sealed class UpgradeStore
{
    public const string Account = "upgrade";
    public const string Flow = "orders";

    public UpgradeStore(IConnectionMultiplexer redis, long? time = null)
    {
        if (time is { } at) Time.AdvanceTo(at);
        var calls = new RedisCalls(redis);
        Directory = new AccountDirectory(calls);
        Ttl = new TtlSettings(calls, Directory, Options.Create(new TtlOptions()), Time);
        Idempotency = new IdempotencyStore(calls, Ttl);
        Live = new LiveCounts(calls, Directory, Time);
        Reader = new EventReader(calls, Time);
        Taker = new EventTaker(calls, Live, Time);
        Writer = new EventWriter(calls, new EventIdentity(Idempotency, Ttl, Time), Live, Options.Create(new HistoryOptions()), Time);
        Keys = new ApiKeyStore(calls, Directory, Time);
        Limits = new AccountLimits(calls, Directory, Options.Create(new LimitSettings()), Time);
        Secrets = new FlowSecrets(calls, Directory, Time);
        Sources = new FlowSources(calls, Directory, Time);
        Deliveries = new RecentDeliveries(calls, new FlowDoors(Secrets, Sources, Options.Create(new WebhookOptions())));
    }

    public ManualTime Time { get; } = new();

    public AccountDirectory Directory { get; }

    public TtlSettings Ttl { get; }

    public IdempotencyStore Idempotency { get; }

    public LiveCounts Live { get; }

    public EventReader Reader { get; }

    public EventTaker Taker { get; }

    public EventWriter Writer { get; }

    public ApiKeyStore Keys { get; }

    public AccountLimits Limits { get; }

    public FlowSecrets Secrets { get; }

    public FlowSources Sources { get; }

    public RecentDeliveries Deliveries { get; }

    /// <summary>An event whose id follows from its number, so that it can be delivered again.</summary>
    public Envelope Event(int number, string data, long acceptedAt, string? idempotencyKey = null, bool isWebhook = false, params string[] keys)
    {
        var head = new EnvelopeHead($"01a1ff74-7772-7857-a1bd-{number:d12}", acceptedAt, "root", idempotencyKey, null);
        var request = new EventRequest { AccountId = Account, FlowId = Flow, WebhookKeys = keys, Data = Encoding.UTF8.GetBytes(data) };
        if (isWebhook) request = request with { ContentType = "text/plain", Headers = new Dictionary<string, string> { ["x-event"] = "push é" } };
        return new Envelope(head, request) { IsWebhook = isWebhook };
    }

    public async Task<StoreOutcome> StoreAsync(Envelope envelope) => (await Writer.StoreAsync([envelope], CancellationToken.None))[0].Outcome;

    public async Task<string[]> ListAsync(string key)
        => [.. (await Reader.ListAsync(Account, key, null, 100, CancellationToken.None)).Events.Select(each => Encoding.UTF8.GetString(each.Data.Span))];

    /// <summary>Writes what is reported once a second.</summary>
    public async Task ReportAsync()
    {
        foreach (var reported in new IReported[] { Directory, Live, Deliveries }) await reported.ReportAsync(CancellationToken.None);
    }
}
