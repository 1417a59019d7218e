using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Drain;

/// <summary>What takes messages out of the queue: started for a round, and ended after it.</summary>
/// <param name="StartAsync">Starts its processes.</param>
/// <param name="OneIn">How many times fewer messages it gets: a slow one would take all the time of a run, and its rate is the same.</param>
/// <param name="Stores">Whether something has to be in Redis when it is done.</param>
internal sealed record Consumer(string Name, Func<CancellationToken, Task<IReadOnlyList<Server>>> StartAsync, int OneIn = 1, bool Stores = true);
