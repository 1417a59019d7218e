using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Drain;

/// <summary>Messages as the API writes them.</summary>
internal static class Messages
{
    /// <summary>Of so many webhook keys each gets its events in turn.</summary>
    internal const int Keys = 5_000;

    /// <summary>An event of 1 KB under one of <see cref="Keys"/>.</summary>
    internal static string UnderOneKey(int i) => Under([$"order-{i % Keys}"]);

    /// <summary>An event of 1 KB under as many keys, which no other message has.</summary>
    internal static Func<int, string> UnderKeys(int count) => i => Under(Enumerable.Range(0, count).Select(key => $"order-{i}-{key}"));

    /// <summary>An event of 1 KB under these keys, accepted now.</summary>
    internal static string Under(IEnumerable<string> keys)
    {
        var now = TimeProvider.System.GetUtcNow();
        var set = $$"""{"accountId":"acme","flowId":"orders","webhookKeys":["{{string.Join("\",\"", keys)}}"],"data":{{SetStack.Data}}}""";
        return $$"""{"v":1,"id":"{{Guid.CreateVersion7(now)}}","acceptedAt":{{now.ToUnixTimeMilliseconds()}},"sender":"root","addedKeys":[],"set":{{set}}}""";
    }
}
