using System.Globalization;
using System.Text;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Soak;

/// <summary>So many events a second, each read back once and then left to expire.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int KeyCount = 100, TtlSeconds = 5, StepsPerSecond = 20;

    private readonly World _world;
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromSeconds(20) };
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private long _sent;
    private long _failed;

    internal SteadyLoad(World world, int rate)
    {
        _world = world;
        _http.DefaultRequestHeaders.Add("X-Api-Key", World.RootKey);
        _running = RunAsync(Math.Max(1, rate / StepsPerSecond));
    }

    internal static IReadOnlyList<string> Keys { get; } = [.. Enumerable.Range(0, KeyCount).Select(number => "soak-" + number.ToString(CultureInfo.InvariantCulture))];

    internal long Sent => Interlocked.Read(ref _sent);

    internal long Failed => Interlocked.Read(ref _failed);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
        _http.Dispose();
    }

    private async Task RunAsync(int perStep)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / StepsPerSecond));
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
                await Task.WhenAll(Enumerable.Range(0, perStep).Select(_ => OneAsync()));
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task OneAsync()
    {
        var number = Interlocked.Increment(ref _sent);
        var api = _world.Apis[(int)(number % _world.Apis.Count)].Address;
        var key = Keys[(int)(number % KeyCount)];
        try
        {
            var body = $$"""{"accountId":"acme","flowId":"soak","webhookKeys":["{{key}}"],"ttlSeconds":{{TtlSeconds}},"data":"{{new string('x', 500)}}"}""";
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var set = await _http.PostAsync(new Uri(api, "set"), content, _end.Token);
            using var got = await _http.GetAsync(new Uri(api, $"get/{key}?account=acme"), _end.Token);
            if (!set.IsSuccessStatusCode || (int)got.StatusCode >= 500) Interlocked.Increment(ref _failed);
        }
        catch (Exception e) when (Connections.Broke(e) && !_end.IsCancellationRequested)
        {
            Interlocked.Increment(ref _failed);
        }
    }
}
