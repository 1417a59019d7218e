using System.Collections.Concurrent;
using SetGet.Tests.Campaign.Checking;

namespace SetGet.Tests.Campaign.Faults;

/// <summary>Draws faults by the seed and lets them strike, one after the other, some in pairs.</summary>
internal sealed class Director(Strike strike, CampaignSettings settings)
{
    // A fault that does not end in this time has found something that does not heal.
    private static readonly TimeSpan LongestFault = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, int> _struck = new(StringComparer.Ordinal);

    /// <summary>How often each fault struck.</summary>
    internal IReadOnlyDictionary<string, int> Struck => _struck;

    internal int Count => _struck.Values.Sum();

    /// <summary>What is on at the moment.</summary>
    internal string Current { get; private set; } = "";

    internal static IReadOnlyList<Fault> Known { get; } = [.. ProcessFaults.All, .. WireFaults.All, .. RedisFaults.All, .. ClusterFaults.All, .. OtherFaults.All];

    internal async Task RunAsync()
    {
        var kinds = Known.Where(fault => fault.IsPossible(strike.World)).Where(fault => settings.Only.Count == 0 || settings.Only.Contains(fault.Name)).ToList();
        if (kinds.Count == 0 && settings.Faults > 0) throw new InvalidOperationException("None of the faults that were asked for is known, and possible here.");
        while (Count < settings.Faults && !strike.Stop.IsCancellationRequested)
        {
            await Draw().HoldAsync(0.1, 1);
            // Spread over all events, however fast they are sent.
            while (strike.Checker.Ledger.Count < (long)settings.Events * Count / settings.Faults) await Task.Delay(Pause, TimeProvider.System, strike.Stop);
            var first = Draw(kinds);
            var second = !first.IsAlone && strike.Random.Next(4) == 0 ? strike.Choose(kinds) : null;
            if (second is not null && (second.IsAlone || second.Touches == first.Touches)) second = null;
            if (first.IsAlone) await strike.AllIsWellAsync();
            Current = second is null ? first.Name : $"{first.Name}, {second.Name}";
            await Task.WhenAll(StrikeAsync(first, Draw()), second is null ? Task.CompletedTask : StrikeAsync(second, Draw()));
            Current = "";
            await ReviveAsync();
        }
    }

    /// <summary>Starts again what ended by itself, and notes that.</summary>
    internal async Task ReviveAsync()
    {
        foreach (var part in strike.World.Parts.Where(part => part.ShouldRun))
        {
            strike.Checker.Verdicts.Check(Rule.Alive, part.IsAlive, () => $"{part.Name} is gone; its log: {part.Log}");
            if (part.IsAlive) continue;
            await part.KillAsync();
            await part.StartAsync();
        }
    }

    // Each fault draws for itself: what another does meanwhile changes nothing for it.
    private Strike Draw() => strike with { Random = new Random(strike.Random.Next()) };

    // Each kind once before any comes twice: a short campaign should see many.
    private Fault Draw(List<Fault> kinds)
    {
        var least = kinds.Min(kind => _struck.GetValueOrDefault(kind.Name));
        return strike.Choose(kinds.Where(kind => _struck.GetValueOrDefault(kind.Name) == least).ToList());
    }

    private async Task StrikeAsync(Fault fault, Strike drawn)
    {
        _struck.AddOrUpdate(fault.Name, 1, (_, before) => before + 1);
        Note("begins", fault);
        try
        {
            await fault.StrikeAsync(drawn).WaitAsync(LongestFault, drawn.Stop);
        }
        catch (TimeoutException)
        {
            strike.Checker.Verdicts.Check(Rule.Alive, false, () => $"'{fault.Name}' does not end");
        }

        Note("is over", fault);
    }

    // Beside the logs of the processes: what broke when, and what was on then.
    private void Note(string what, Fault fault)
    {
        lock (_struck) File.AppendAllText(Path.Combine(strike.World.Folder.FullName, "faults.log"), $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {fault.Name} {what}\n");
    }
}
