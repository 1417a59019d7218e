using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using SetGet.Tests.Campaign.Load;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Overload;

/// <summary><c>overload</c>: more than the workers can do, and crowds of connections: what it does to memory, and to others.</summary>
internal static class OverloadCommand
{
    // Milliseconds: a twentieth of the time is the worker's.
    private const int Hold = 190, Turn = 10;
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(20);
    private static readonly Option<int> Idle = new("--idle") { Description = "Idle connections.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<int> Polls = new("--polls") { Description = "Readers that wait at once.", DefaultValueFactory = _ => 5_000 };

    internal static Command Create()
    {
        var command = new Command("overload", "Ten times what the worker drains, crowds of connections, slow bodies. Needs Linux and redis-server.") { Idle, Polls };
        command.SetAction((options, cancellationToken) => RunAsync(options.GetValue(Idle), options.GetValue(Polls), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int idle, int polls, CancellationToken cancellationToken)
    {
        await using var world = await World.StartAsync(new CampaignSettings { Seed = 1, Services = 1 }, cancellationToken);
        Console.WriteLine("| | Get p50, p99 (ms) | set until readable p50, p99 (ms) | API MB | worker MB | |\n|---|---:|---:|---:|---:|---|");
        await Neighbour.WatchAsync(world, Watching, cancellationToken);
        await RowAsync(world, "quiet", "", cancellationToken);
        await FloodAsync(world, cancellationToken);
        using (await Crowd.ComeAsync(world, idle, _ => "", cancellationToken))
            await RowAsync(world, $"{idle:N0} idle connections", "", cancellationToken);
        await PollsAsync(world, polls, cancellationToken);
        await TrickleAsync(world, cancellationToken);
        await RowAsync(world, "quiet again", "", cancellationToken);
    }

    // A worker that is held most of the time: ten times its pace is then little work for the machine, and a hundred times as much as it can do.
    private static async Task FloodAsync(World world, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var holding = HoldAsync(world.Workers[0], done.Token);
        await RowAsync(world, "a worker that is held", "", cancellationToken);
        var drained = await DrainRateAsync(world, cancellationToken);
        foreach (var times in new[] { 10, 100 })
            await FloodAsync(world, times * drained, $"flooded at {times * drained:N0} a second, of which it drains {drained:N0}", cancellationToken);
        await LimitAsync(world, drained, cancellationToken);
        await FloodAsync(world, 10 * drained, $"{10 * drained:N0} a second, the account limited to {drained:N0}", cancellationToken);
        await done.CancelAsync();
        await holding;
        var watch = Stopwatch.StartNew();
        await new Backlog(world).IsEmptyAsync(cancellationToken);
        await RowAsync(world, "afterwards", $"the backlog drained in {watch.Elapsed.TotalSeconds:0} s", cancellationToken);
    }

    private static async Task FloodAsync(World world, int rate, string name, CancellationToken cancellationToken)
    {
        await using var flood = new Flood(world, "acme", rate);
        await RowAsync(
            world, name, "", cancellationToken,
            () => $"{string.Join(", ", flood.Answers.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}: {each.Value:N0}"))}; longest {flood.Longest.TotalSeconds:0.0} s");
    }

    private static async Task HoldAsync(Part worker, CancellationToken done)
    {
        try
        {
            while (true)
            {
                worker.Stop();
                await Task.Delay(TimeSpan.FromMilliseconds(Hold), TimeProvider.System, done);
                worker.Continue();
                await Task.Delay(TimeSpan.FromMilliseconds(Turn), TimeProvider.System, done);
            }
        }
        catch (OperationCanceledException)
        {
            worker.Continue();
        }
    }

    // What it takes off a backlog in ten seconds.
    private static async Task<int> DrainRateAsync(World world, CancellationToken cancellationToken)
    {
        var backlog = new Backlog(world);
        await using (new Flood(world, "acme", 2_000)) await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
        var (before, watch) = (await backlog.CountAsync(cancellationToken) ?? 0, Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
        return Math.Max(10, (int)((before - (await backlog.CountAsync(cancellationToken) ?? 0)) / watch.Elapsed.TotalSeconds));
    }

    private static async Task LimitAsync(World world, int limit, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(world.Apis[0].Address, "accounts/acme/limits"))
        {
            Content = new StringContent($$"""{"requestsPerSecond":{{limit}},"burst":{{limit}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Api-Key", World.RootKey);
        (await http.SendAsync(request, cancellationToken)).EnsureSuccessStatusCode();
    }

    private static async Task PollsAsync(World world, int polls, CancellationToken cancellationToken)
    {
        using var crowd = await Crowd.ComeAsync(world, polls, Crowd.Waiting, cancellationToken);
        var watch = Stopwatch.StartNew();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", World.RootKey);
        // One event for all who wait, at up to 500 keys.
        var keys = string.Join("\",\"", Enumerable.Range(0, Math.Min(500, polls)).Select(number => $"crowd-{number}"));
        using var content = new StringContent($$"""{"accountId":"zeta","flowId":"flow","webhookKeys":["{{keys}}"],"data":1}""", Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri(world.Apis[0].Address, "set"), content, cancellationToken)).EnsureSuccessStatusCode();
        while (crowd.Answered() < polls && watch.Elapsed < TimeSpan.FromSeconds(30)) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        var (answered, took) = (crowd.Answered(), watch.Elapsed);
        await RowAsync(world, $"{polls:N0} readers that waited", $"{answered:N0} answered within {took.TotalSeconds:0.0} s of one set", cancellationToken);
    }

    private static async Task TrickleAsync(World world, CancellationToken cancellationToken)
    {
        using var crowd = await Crowd.ComeAsync(world, 500, Crowd.Beginning, cancellationToken);
        var watch = Stopwatch.StartNew();
        var ended = 0;
        var trickling = Task.Run(async () =>
        {
            while ((ended = crowd.Trickle()) < crowd.Count && watch.Elapsed < TimeSpan.FromSeconds(60)) await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            return watch.Elapsed;
        }, cancellationToken);
        await RowAsync(world, "500 bodies of a byte a second", "", cancellationToken);
        var took = await trickling;
        Console.WriteLine($"| | | | | | {ended} of {crowd.Count} ended by the API, the last after {took.TotalSeconds:0} s |");
    }

    private static async Task RowAsync(World world, string name, string note, CancellationToken cancellationToken, Func<string>? afterwards = null)
    {
        var seen = await Neighbour.WatchAsync(world, Watching, cancellationToken);
        var (api, worker) = (ProcessFigures.Of(world.Apis[0].Part), ProcessFigures.Of(world.Workers[0]));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {seen.Get.Median:0.0}, {seen.Get.P99:0.0} | {seen.Arrival.Median:0}, {seen.Arrival.P99:0} | {api.Memory:0} | {worker.Memory:0} | {afterwards?.Invoke() ?? note} |"));
    }
}
