namespace SetGet.Benchmarks.Latency;

/// <summary>How long events took on one way, round for round.</summary>
/// <param name="FromAccepted">From the moment that the sender had its answer; of the bare consumer, from the moment of sending.</param>
/// <param name="FromDue">From the moment at which it was due to be sent.</param>
internal sealed record Delay(Samples FromAccepted, Samples FromDue);

/// <summary>One way from sender to reader.</summary>
/// <param name="MeasureAsync">Sends so many a second, and so many in all.</param>
internal sealed record Way(string Name, Func<int, int, CancellationToken, Task<Delay>> MeasureAsync);
