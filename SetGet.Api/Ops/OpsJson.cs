using System.Text.Json.Serialization;
using SetGet.Core.Accounts;
using SetGet.Core.Queues;
using SetGet.Core.Throughput;

namespace SetGet.Api.Ops;

/// <summary>Each array has a number per second, oldest first; the last is of <paramref name="LastSecond"/>, epoch seconds.</summary>
internal sealed record FlowAnswer(long LastSecond, long[] Accepted, long[] Received, long[] Stored, long[] Read, long[] DeadLettered, ThroughputWait? Wait);

internal sealed record QueuesAnswer(QueueDepth Events, QueueDepth DeadLetters);

/// <summary>What a sender's address begins with that goes through the gateway; null where nobody has said.</summary>
internal sealed record GatewayAnswer(string? Url);

internal sealed record AccountsAnswer(IReadOnlyList<AccountItem> Accounts, string? Next);

internal sealed record AccountItem(string AccountId);

/// <summary>An account's TTL in force, and the flows that have one of their own.</summary>
internal sealed record AccountAnswer(string AccountId, int TtlSeconds, string Source, IReadOnlyList<FlowItem> Flows);

internal sealed record FlowItem(string FlowId, int TtlSeconds);

/// <summary>The flows that events came for, the last used first.</summary>
internal sealed record FlowsAnswer(IReadOnlyList<SeenFlow> Flows);

/// <summary>What became of the last events, the last accepted first.</summary>
internal sealed record EventsAnswer(IReadOnlyList<RecentEvent> Events);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FlowAnswer))]
[JsonSerializable(typeof(QueuesAnswer))]
[JsonSerializable(typeof(GatewayAnswer))]
[JsonSerializable(typeof(AccountsAnswer))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(FlowsAnswer))]
[JsonSerializable(typeof(EventsAnswer))]
internal sealed partial class OpsJson : JsonSerializerContext;
