using System.Diagnostics;
using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Faults;
using SetGet.Tests.Campaign.Load;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign;

/// <summary>One campaign: everything under load, faults at random instants, and then a look at all that is left.</summary>
internal sealed class CampaignRun : IAsyncDisposable
{
    private const int ReaderCount = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly World _world;
    private readonly Plan _plan;
    private readonly Checker _checker;
    private readonly Calls _calls;
    private readonly Backlog _backlog;
    private readonly EventSenders _senders;
    private readonly Readers _readers;
    private readonly Takers _takers;
    private readonly BadMessages _bad;
    private readonly CancellationToken _cancellationToken;
    private bool _forgetsLogs;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private CampaignRun(World world, CancellationToken cancellationToken)
    {
        _world = world;
        _cancellationToken = cancellationToken;
        _plan = new Plan(world.Settings.Seed);
        _checker = new Checker(_plan, TimeProvider.System);
        _calls = new Calls(world, _checker);
        _backlog = new Backlog(world);
        _senders = new EventSenders(world, _plan, _checker, _backlog, _calls);
        _readers = new Readers(_plan, _senders, _checker, _calls);
        _takers = new Takers(_checker, _calls);
        _bad = new BadMessages(world, world.Settings.Seed, _calls);
        Director = new Director(new Strike(world, _checker, _calls, _backlog, new Random(world.Settings.Seed), cancellationToken), world.Settings);
    }

    internal Director Director { get; }

    internal CampaignSettings Settings => _world.Settings;

    internal Verdicts Verdicts => _checker.Verdicts;

    internal int Sent => _senders.Begun;

    internal int Accepted => _checker.Ledger.Accepted;

    internal long Requests => _calls.Count;

    internal long? Waiting => _backlog.Messages;

    internal TimeSpan Elapsed => _watch.Elapsed;

    internal string Folder => _world.Folder.FullName;

    /// <summary>Starts everything, and returns when it is well.</summary>
    internal static async Task<CampaignRun> StartAsync(CampaignSettings settings, CancellationToken cancellationToken)
        => new(await World.StartAsync(settings, cancellationToken), cancellationToken);

    /// <summary>Load and faults, then the last look.</summary>
    internal async Task RunAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        using var stopTaking = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        var counting = _backlog.RunAsync(stopTaking.Token);
        var load = Task.WhenAll(_senders.RunAsync(Settings.Senders, stop.Token), _readers.RunAsync(ReaderCount, stop.Token), _bad.RunAsync(stop.Token));
        var taking = _takers.RunAsync(stopTaking.Token);
        await Director.RunAsync();
        while (Sent < Settings.Events && !_cancellationToken.IsCancellationRequested) await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        await stop.CancelAsync();
        await load;
        _cancellationToken.ThrowIfCancellationRequested();
        await DrainAsync();
        await stopTaking.CancelAsync();
        await Task.WhenAll(taking, counting);
        await LookAsync();
        _watch.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Dispose();
        await _world.DisposeAsync();
        if (Verdicts.Broken == 0 || _forgetsLogs) _world.Folder.Delete(recursive: true);
    }

    /// <summary>Logs and data are of no use, though promises were broken.</summary>
    internal void ForgetLogs() => _forgetsLogs = true;

    // Until the queue is empty and whoever takes has taken all.
    private async Task DrainAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        limit.CancelAfter(Settings.LongestDrain);
        try
        {
            await _backlog.IsEmptyAsync(limit.Token);
            var open = Enumerable.Range(0, Sent).Where(number => _checker.Ledger[number].IsAccepted && _plan[number].Purpose == Purpose.Leased).ToList();
            while (open.RemoveAll(number => _checker.Ledger[number].IsSettled) is var _ && open.Count > 0) await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }
        catch (OperationCanceledException) when (!_cancellationToken.IsCancellationRequested)
        {
            // The last look says what is missing.
        }
    }

    private async Task LookAsync()
    {
        var look = new LastLook(_checker, _plan);
        foreach (var account in Accounts.All)
        {
            foreach (var key in Plan.KeptKeys(Sent - 1))
            {
                var reading = _checker.Begin(account.Id, key);
                look.History(reading, await UntilItIsAnsweredAsync(() => _readers.HistoryAsync(account.Id, key)));
            }
        }

        look.Events(Sent, _takers.Uncertain);
        look.DeadLetters(await UntilItIsAnsweredAsync(_bad.DeadLettersAsync), _bad.Sent, _bad.Perhaps);
        await Director.ReviveAsync();
    }

    private async Task<T> UntilItIsAnsweredAsync<T>(Func<Task<T?>> ask) where T : class
    {
        while (true)
        {
            if (await ask() is { } answer) return answer;
            await Task.Delay(Pause, TimeProvider.System, _cancellationToken);
        }
    }
}
