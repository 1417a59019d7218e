using SetGet.Tests.Core;

namespace SetGet.Tests.Campaign;

/// <summary>What a campaign is to do. The same settings with the same seed send the same events, and draw the same faults at the same pauses.</summary>
internal sealed record CampaignSettings
{
    /// <summary>Events and faults are drawn from it.</summary>
    internal required int Seed { get; init; }

    /// <summary>At least so many events are sent, and more while faults are left.</summary>
    internal int Events { get; init; } = 5_000;

    /// <summary>How many faults strike; a quarter of them have a second one with them.</summary>
    internal int Faults { get; init; } = 12;

    /// <summary>What plays Redis, as <see cref="StoreServer"/> names it.</summary>
    internal string Redis { get; init; } = StoreServer.Redis;

    /// <summary>Requests of senders at once.</summary>
    internal int Senders { get; init; } = 16;

    /// <summary>How many APIs, and how many workers.</summary>
    internal int Services { get; init; } = 2;

    /// <summary>Where API and worker are, as built.</summary>
    internal string Binaries { get; init; } = AppContext.BaseDirectory;

    /// <summary>Where the second API and the second worker are, if they are to be of another build: so are upgrades, halfway.</summary>
    internal string? Beside { get; init; }

    /// <summary>The gateway's template; null: the one of this build.</summary>
    internal string? Template { get; init; }

    /// <summary>Only faults with these names; none: all that this machine and this Redis allow.</summary>
    internal IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>How long the workers may take to empty the queue at the end.</summary>
    internal TimeSpan LongestDrain { get; init; } = TimeSpan.FromMinutes(5);
}
