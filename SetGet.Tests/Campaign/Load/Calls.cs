using System.Net;
using SetGet.Tests.Campaign.Checking;
using SetGet.Tests.Campaign.Parts;

namespace SetGet.Tests.Campaign.Load;

/// <summary>What came of a request: status 0 where no answer came.</summary>
internal sealed record Call(HttpStatusCode Status, byte[] Body, HttpResponseMessage? Response)
{
    internal bool IsFine => (int)Status is >= 200 and < 300;
}

/// <summary>Requests to the APIs, spread over those that a load balancer would use, and to the gateway. An answer that none should give is noted.</summary>
internal sealed class Calls(World world, Checker checker) : IDisposable
{
    // An API that is stopped is given up after that. Longer than any wait that is asked for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), MaxConnectionsPerServer = 512 }) { Timeout = Patience };

    private long _sent;
    private long _rollingSince = long.MaxValue;
    private long _rollingUntil = long.MaxValue;

    internal long Count => Interlocked.Read(ref _sent);

    /// <summary>From here on nothing but a rolling restart is on: no request may fail.</summary>
    internal void BeginRolling()
    {
        Interlocked.Exchange(ref _rollingUntil, long.MaxValue);
        Interlocked.Exchange(ref _rollingSince, checker.Now);
    }

    internal void EndRolling() => Interlocked.Exchange(ref _rollingUntil, checker.Now);

    /// <param name="apis">Which to choose from; null: the request has its address.</param>
    /// <param name="create">Makes the request, its address relative to the API's.</param>
    internal async Task<Call> SendAsync(IReadOnlyList<ApiDoor>? apis, Func<HttpRequestMessage> create)
    {
        using var request = create();
        var door = apis is null ? null : Choose(apis);
        if (door is not null) request.RequestUri = new Uri(door.Address, request.RequestUri!);
        var began = checker.Now;
        Interlocked.Increment(ref _sent);
        try
        {
            using var response = await _http.SendAsync(request);
            var call = new Call(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response);
            Note(request, call, began, door is not null);
            return call;
        }
        catch (Exception e) when (Connections.Broke(e))
        {
            NoteRolling(began, isFine: false, () => $"{request.Method} {request.RequestUri!.AbsolutePath}: {e.Message}");
            return new Call(default, [], null);
        }
    }

    public void Dispose() => _http.Dispose();

    private static ApiDoor Choose(IReadOnlyList<ApiDoor> apis)
    {
        var chosen = apis[Random.Shared.Next(apis.Count)];
        return chosen.IsOut ? apis.FirstOrDefault(api => !api.IsOut) ?? chosen : chosen;
    }

    private void Note(HttpRequestMessage request, Call call, long began, bool isApi)
    {
        // A gateway answers 5xx of its own, and 404 and 409 are answers to what a reader asked.
        var status = (int)call.Status;
        var isExpected = call.IsFine || status is 304 or 404 or 409 or 429 or 503 || (!isApi && status >= 500);
        checker.Verdicts.Check(
            Rule.Answer, isExpected, () => $"{request.Method} {request.RequestUri!.AbsolutePath}: {status} {System.Text.Encoding.UTF8.GetString(call.Body)}");
        NoteRolling(began, status < 500, () => $"{request.Method} {request.RequestUri!.AbsolutePath}: {status} {System.Text.Encoding.UTF8.GetString(call.Body)}");
    }

    private void NoteRolling(long began, bool isFine, Func<string> what)
    {
        // What is answered after the end may have met the next fault.
        if (began < Interlocked.Read(ref _rollingSince) || checker.Now > Interlocked.Read(ref _rollingUntil)) return;
        checker.Verdicts.Check(Rule.Rolling, isFine, what);
    }

    internal IReadOnlyList<ApiDoor> Apis => world.Apis;
}
