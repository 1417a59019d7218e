namespace SetGet.Benchmarks.Get;

/// <summary>An event that is there to be read, and the same bytes as a plain value of Redis.</summary>
/// <param name="Size">As people say it.</param>
internal sealed record StoredSample(string Size, string WebhookKey, string Data)
{
    /// <summary>As large as a usual webhook.</summary>
    internal static StoredSample OneKilobyte { get; } = Create("1 KB", "order-1", 1024);

    internal static StoredSample SixtyFourKilobytes { get; } = Create("64 KB", "order-64k", 64 * 1024);

    /// <summary>Nearly as large as an event can be.</summary>
    internal static StoredSample OneMegabyte { get; } = Create("1 MB", "order-1m", 1_000_000);

    internal static IReadOnlyList<StoredSample> All { get; } = [OneKilobyte, SixtyFourKilobytes, OneMegabyte];

    private static StoredSample Create(string size, string webhookKey, int bytes)
    {
        var start = """{"type":"order.created","id":"ord_1029384756","amount":1299.00,"currency":"EUR","note":" """.TrimEnd();
        return new StoredSample(size, webhookKey, start + new string('x', bytes - start.Length - 2) + "\"}");
    }
}
