using System.Net;
using System.Text;
using SetGet.Benchmarks.Processes;
using SetGet.Benchmarks.Set;

namespace SetGet.Benchmarks.Latency;

/// <summary>An API process, and the two calls of it that count.</summary>
internal sealed class EventApi(Server server, string url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10) })
    {
        BaseAddress = new Uri(url),
        DefaultRequestHeaders = { { "X-Api-Key", Backbone.RootKey } },
        Timeout = TimeSpan.FromSeconds(60),
    };

    internal Server Server => server;

    internal string Url => url;

    /// <param name="environment">In place of the backbone's, where it differs.</param>
    internal static async Task<EventApi> StartAsync(
        Backbone backbone, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var (server, url) = await backbone.StartServiceAsync("SetGet.Api", cancellationToken, environment);
        return new EventApi(server, url);
    }

    /// <summary>Sends an event of 1 KB under a key, and is back when it is accepted.</summary>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    internal async Task SetAsync(string key, CancellationToken cancellationToken)
    {
        var text = $$"""{"accountId":"acme","flowId":"orders","webhookKeys":["{{key}}"],"data":{{SetStack.Data}}}""";
        using var body = new StringContent(text, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/set", UriKind.Relative), body, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Accepted) throw new InvalidOperationException(
            $"POST /set answered {(int)answer.StatusCode}: this machine does not bear the load just now. Give it a lower --rate.");
    }

    /// <summary>Reads what is under a key, and waits up to twenty seconds until there is something.</summary>
    /// <exception cref="InvalidOperationException">There was nothing.</exception>
    internal async Task GetAsync(string key, int waitSeconds, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri($"/get/{key}?account=acme&wait={waitSeconds}", UriKind.Relative), cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"GET /get/{key} answered {(int)answer.StatusCode}.");
    }

    public void Dispose()
    {
        _http.Dispose();
        server.Dispose();
    }
}
