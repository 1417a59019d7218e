using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Load;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Faults;

/// <summary>Something that goes wrong for a while. When it returns, it is over.</summary>
/// <param name="Name">As the report says it.</param>
/// <param name="Touches">What it needs for itself: no two faults at once share one of these.</param>
/// <param name="StrikeAsync">Begins it, holds it, ends it.</param>
internal sealed record Fault(string Name, string Touches, Func<Strike, Task> StrikeAsync)
{
    /// <summary>Whether this machine, and this Redis, allow it.</summary>
    internal Func<World, bool> IsPossible { get; init; } = _ => true;

    /// <summary>Whether it wants everything else to be well, before and meanwhile.</summary>
    internal bool IsAlone { get; init; }
}

/// <summary>What a fault has to work with.</summary>
internal sealed record Strike(World World, Checker Checker, Calls Calls, Backlog Backlog, Random Random, CancellationToken Stop)
{
    /// <summary>A moment, drawn between two bounds in seconds.</summary>
    internal Task HoldAsync(double least, double most)
        => Task.Delay(TimeSpan.FromSeconds(least + (Random.NextDouble() * (most - least))), TimeProvider.System, Stop);

    /// <summary>Such a moment, and then the end of what was begun, whatever happens.</summary>
    internal Task HoldThenAsync(double least, double most, Action end) => HoldThenAsync(least, most, () =>
    {
        end();
        return Task.CompletedTask;
    });

    internal async Task HoldThenAsync(double least, double most, Func<Task> end)
    {
        try
        {
            await HoldAsync(least, most);
        }
        finally
        {
            await end();
        }
    }

    /// <summary>Ends when every API, and everything that its health depends on, is well.</summary>
    internal Task AllIsWellAsync() => Task.WhenAll(World.Apis.Select(api => Answers.IsReadyAsync(new Uri(api.Address, "/health"), Stop)));

    internal T Choose<T>(IReadOnlyList<T> among) => among[Random.Next(among.Count)];
}
