using System.Diagnostics.Metrics;

namespace SetGet.Core.Store;

/// <summary>What the store measures: the meter <c>SetGet.Core</c>.</summary>
internal static class StoreMetrics
{
    private static readonly Meter Meter = new("SetGet.Core");

    private static readonly Histogram<int> StoreRoundTrips = Meter.CreateHistogram(
        "setget.store.round_trips",
        "{round_trip}",
        "Round trips to Redis that storing one batch took",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 3, 4] });

    internal static void Stored(int roundTrips) => StoreRoundTrips.Record(roundTrips);
}
