using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Overload;

/// <summary>One account's senders, at a pace that no worker keeps up with.</summary>
internal sealed class Flood : IAsyncDisposable
{
    // Whoever gets no answer by then has hung.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(15);
    private const int StepsPerSecond = 50, MostAtOnce = 256;

    private readonly Uri _api;
    private readonly string _account;
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = MostAtOnce }) { Timeout = Hang };
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly Task _running;
    private long _longest;

    /// <param name="world">Its first API is flooded.</param>
    /// <param name="account">Whose events they are.</param>
    /// <param name="rate">Requests a second.</param>
    internal Flood(World world, string account, int rate)
    {
        (_api, _account) = (world.Apis[0].Address, account);
        _http.DefaultRequestHeaders.Add("X-Api-Key", World.RootKey);
        _running = RunAsync(Math.Max(1, rate / StepsPerSecond));
    }

    /// <summary>How many of each status; "none" is a hang or a connection that ended.</summary>
    internal IReadOnlyDictionary<string, int> Answers => _answers;

    /// <summary>The longest that anybody waited for an answer.</summary>
    internal TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
        _room.Dispose();
        _http.Dispose();
    }

    private async Task RunAsync(int perStep)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / StepsPerSecond));
        var running = new List<Task>();
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                for (var i = 0; i < perStep && _room.Wait(0, CancellationToken.None); i++) running.Add(OneAsync());
                running.RemoveAll(each => each.IsCompleted);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task OneAsync()
    {
        var watch = Stopwatch.StartNew();
        var status = "none";
        try
        {
            using var content = new StringContent(
                $$"""{"accountId":"{{_account}}","flowId":"flood","webhookKeys":["flood-{{Random.Shared.Next(1000)}}"],"data":"{{new string('x', 500)}}"}""", Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri(_api, "set"), content, CancellationToken.None);
            status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (Connections.Broke(e))
        {
            // Counted as none.
        }

        _answers.AddOrUpdate(status, 1, (_, before) => before + 1);
        long known;
        while ((known = Interlocked.Read(ref _longest)) < watch.Elapsed.Ticks && Interlocked.CompareExchange(ref _longest, watch.Elapsed.Ticks, known) != known) { }
        _room.Release();
    }
}
