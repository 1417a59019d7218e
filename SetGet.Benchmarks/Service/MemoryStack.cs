using System.Text;
using SetGet.Benchmarks.Drain;
using SetGet.Benchmarks.Get;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Service;

/// <summary>A process whose memory is read: started for a round, loaded twice, ended.</summary>
/// <param name="Kind">API, worker, or empty: as people call it.</param>
/// <param name="Load">What its load is, in words.</param>
/// <param name="StartAsync">Starts it, and answers its address.</param>
internal sealed record MemorySubject(
    string Kind, string Name, string Load, Func<CancellationToken, Task<HttpTarget>> StartAsync, Func<HttpTarget, CancellationToken, Task> LoadAsync);

/// <summary>Redis, local SQS, an API that feeds the worker, and the three processes whose memory is read.</summary>
internal sealed class MemoryStack : IDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    private readonly Backbone _backbone;
    private readonly HttpTarget _feeder;
    private readonly int _connections;
    private readonly int _seconds;
    private readonly string _folder = Directory.CreateTempSubdirectory("setget-memory-").FullName;

    private MemoryStack(Backbone backbone, HttpTarget feeder, int connections, int seconds)
    {
        (_backbone, _feeder, _connections, _seconds) = (backbone, feeder, connections, seconds);
        Api = new MemorySubject("API", "SetGet.Api", "reads of 1 KB, then as long accepts of 1 KB", token => StartAsync(backbone, "SetGet.Api", token), LoadApiAsync);
        Worker = new MemorySubject(
            "worker", "SetGet.Worker", "what the API accepts in that time, from the queue into Redis", token => StartAsync(backbone, "SetGet.Worker", token), LoadWorkerAsync);
        Empty = new MemorySubject("empty", "empty ASP.NET Core service", "the load of the API", StartEmptyAsync, LoadHttpAsync);
    }

    internal MemorySubject Api { get; }

    internal MemorySubject Worker { get; }

    internal MemorySubject Empty { get; }

    internal static async Task<MemoryStack> StartAsync(int connections, int seconds, CancellationToken cancellationToken)
    {
        var backbone = await Backbone.StartAsync(cancellationToken);
        try
        {
            await SampleStore.FillAsync(backbone.Redis.Address, cancellationToken);
            var feeder = await StartAsync(backbone, "SetGet.Api", cancellationToken);
            backbone.Add(feeder.Server);
            return new MemoryStack(backbone, feeder, connections, seconds);
        }
        catch
        {
            backbone.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _backbone.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<HttpTarget> StartAsync(Backbone backbone, string project, CancellationToken cancellationToken)
    {
        var (server, url) = await backbone.StartServiceAsync(project, cancellationToken);
        return new HttpTarget(project, server, url, "X-Api-Key: " + Backbone.RootKey);
    }

    private async Task<HttpTarget> StartEmptyAsync(CancellationToken cancellationToken)
    {
        var target = await PlainServer.StartEmptyAsync(
            "empty", Encoding.UTF8.GetBytes(StoredSample.OneKilobyte.Data), _backbone.Http, _folder, cancellationToken);
        return target with { Url = new Uri(target.Url).GetLeftPart(UriPartial.Authority) };
    }

    private async Task LoadApiAsync(HttpTarget api, CancellationToken cancellationToken)
    {
        await LoadHttpAsync(api, cancellationToken);
        // Nobody takes what was accepted.
        await _backbone.PurgeAsync();
    }

    private async Task LoadHttpAsync(HttpTarget server, CancellationToken cancellationToken)
    {
        var path = $"/get/{StoredSample.OneKilobyte.WebhookKey}?account={SampleStore.Account}";
        await Wrk.RunAsync(server with { Url = server.Url + path }, _connections, _seconds, cancellationToken);
        await AcceptAsync(server, cancellationToken);
    }

    private async Task LoadWorkerAsync(HttpTarget worker, CancellationToken cancellationToken)
    {
        await AcceptAsync(_feeder, cancellationToken);
        await EmptyQueueAsync(cancellationToken);
    }

    private Task AcceptAsync(HttpTarget server, CancellationToken cancellationToken)
        => Wrk.RunAsync(server with { Url = server.Url + "/set", Body = SetStack.SetBody }, _connections, _seconds, cancellationToken);

    private async Task EmptyQueueAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(DrainLimit, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await Backlog.EmptyAsync(_backbone, either.Token);
    }
}
