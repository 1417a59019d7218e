using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SetGet.Tests.Core;

namespace SetGet.Tests.Api;

/// <summary>The API while its queue or its store is away.</summary>
[Collection(ApiCollection.Name)]
public sealed class UnavailableTests(ApiStack stack)
{
    [Fact]
    public async Task Set_WithoutTheQueue_SaysSoonThatNothingWasAccepted()
    {
        await using var api = await RunningApi.StartAsync(ApiStack.Settings(stack.Redis, Nowhere()));
        var watch = Stopwatch.StartNew();

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => api.Root.PostAsync("/set", Calls.Json(Calls.SetText("a", ["k"], "1")))));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"bounded by SetGet:Send:TimeoutSeconds, took {watch.Elapsed}");
        foreach (var answer in answers)
        {
            var problem = await answer.IsProblemAsync(503, "unavailable");
            Assert.Contains("Nothing was accepted", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.NotNull(answer.Headers.RetryAfter);
            answer.Dispose();
        }

        using var letters = await api.Root.GetAsync("/dead-letters");
        await letters.IsProblemAsync(503, "unavailable");
        using var found = await api.Root.GetAsync("/get/k?account=" + ApiStack.NewAccount());
        await found.IsProblemAsync(404, "not-found");
        using var health = await api.Root.GetAsync("/health");
        using var alive = await api.Root.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact]
    public async Task Set_ThatWasRefusedWithoutTheQueue_HasClaimedNothing()
    {
        await using var api = await RunningApi.StartAsync(ApiStack.Settings(stack.Redis, Nowhere()));
        var account = ApiStack.NewAccount();
        using (var refused = await SendAsync(api.Root, "1")) await refused.IsProblemAsync(503, "unavailable");

        using var accepted = await SendAsync(stack.Root, "2");

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("2", await stack.Root.GetStringAsync($"/get/k?account={account}&wait=20"));

        Task<HttpResponseMessage> SendAsync(HttpClient http, string data)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/set") { Content = Calls.Json(Calls.SetText(account, ["k"], data)) };
            request.Headers.Add("Idempotency-Key", "once");
            return http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Set_WithoutTheStore_IsAcceptedAllTheSame_AndReadingIsNot()
    {
        await using var api = await RunningApi.StartAsync(ApiStack.Settings($"127.0.0.1:{StoreServer.FreePort()},abortConnect=false,connectTimeout=500", stack.Sqs));
        var account = ApiStack.NewAccount();

        var accepted = await api.Root.SetAsync(account, "k", "1");
        using var unread = await api.Root.GetAsync($"/get/k?account={account}");
        using var hook = await api.Root.PostAsync($"/hooks/{account}/flow/k", Calls.Json("1"));

        await unread.IsProblemAsync(503, "unavailable");
        await hook.IsProblemAsync(503, "unavailable");
        using var found = await stack.Root.GetAsync($"/get/k?account={account}&wait=20");
        Assert.Equal(accepted.Id, found.Header("SetGet-Id"));
    }

    [Fact]
    public async Task DeadLetters_OfAQueueThatTakesConnectionsAndSaysNothing_AreUnavailable()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var api = await RunningApi.StartAsync(ApiStack.Settings(stack.Redis, new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}")));

        foreach (var call in new[] { api.Root.GetAsync("/dead-letters"), api.Root.PostAsync("/dead-letters/redrive", null), api.Root.GetAsync("/dead-letters/redrive") })
        {
            using var answer = await call;
            await answer.IsProblemAsync(503, "unavailable");
        }
    }

    private static Uri Nowhere() => new($"http://127.0.0.1:{StoreServer.FreePort()}");
}
