using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis;

/// <summary>When a snapshot of the data is taken.</summary>
internal sealed record RedisPersistenceAnnotation(TimeSpan Interval, long KeysChangedThreshold) : IResourceAnnotation;
