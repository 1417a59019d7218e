using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>Waiting, pages, taking and acknowledging over HTTP.</summary>
[Collection(ApiCollection.Name)]
public sealed class ReadingTests(ApiStack stack)
{
    [Fact]
    public async Task Get_WithWait_AnswersWhenTheEventComes()
    {
        var account = ApiStack.NewAccount();
        var waiting = stack.Root.GetAsync($"/get/k?account={account}&wait=20");
        await stack.Root.SetAsync(account, "k", "1");

        using var found = await waiting;

        Assert.Equal("1", await found.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_WithWaitAndTag_WaitsForAnotherEvent()
    {
        var account = ApiStack.NewAccount();
        var first = await stack.Root.SetAsync(account, "k", "1");
        using (await stack.Root.GetAsync($"/get/k?account={account}&wait=20")) { }
        using var soon = await GetOtherAsync(account, first.Id, "0.2");
        var waiting = GetOtherAsync(account, first.Id, "20");
        await stack.Root.SetAsync(account, "k", "2");

        using var other = await waiting;

        Assert.Equal(HttpStatusCode.NotModified, soon.StatusCode);
        Assert.Equal("2", await other.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_WithWait_EndsWithoutAnEvent()
    {
        using var answer = await stack.Root.GetAsync($"/get/k?account={ApiStack.NewAccount()}&wait=0.1");

        await answer.IsProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Events_InPages_GoOnWhereTheLastEnded()
    {
        var account = ApiStack.NewAccount();
        for (var i = 0; i < 5; i++) await stack.Root.SetAsync(account, "k", i.ToString());
        Assert.Equal(5, (await stack.Root.EventsAsync(account, "k", 5)).Count);
        var seen = new List<string>();
        var after = "";

        for (var page = 0; page < 3; page++)
        {
            var answer = await stack.Root.GetFromJsonAsync<JsonElement>($"/get/k/events?account={account}&limit=2{after}");
            seen.AddRange(answer.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("data").GetRawText()));
            after = "&after=" + answer.GetProperty("next").GetString();
        }

        Assert.Equal(["0", "1", "2", "3", "4"], seen);
        var rest = await stack.Root.GetFromJsonAsync<JsonElement>($"/get/k/events?account={account}{after}");
        Assert.Equal(0, rest.GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task Take_WithoutALease_RemovesTheOldest()
    {
        var account = ApiStack.NewAccount();
        await SetAndWaitAsync(account, 3);

        var first = await TakeAsync(account, "max=2");
        var second = await TakeAsync(account, "max=2");
        var third = await TakeAsync(account, "max=2&wait=0.1");

        Assert.Equal(["0", "1"], first.Data);
        Assert.Equal(["2"], second.Data);
        Assert.Empty(third.Data);
        Assert.Null(first.LeaseId);
        Assert.Null(third.LeaseId);
    }

    [Fact]
    public async Task Take_WithALease_ComesBackUnlessAcknowledged()
    {
        var account = ApiStack.NewAccount();
        await SetAndWaitAsync(account, 2);

        var kept = await TakeAsync(account, "max=1&lease=60");
        using var acked = await AckAsync(account, kept.LeaseId!);
        using var twice = await AckAsync(account, kept.LeaseId!);
        var lost = await TakeAsync(account, "max=1&lease=1");
        var back = await TakeAsync(account, "max=5&lease=60&wait=20");
        using var late = await AckAsync(account, lost.LeaseId!);

        Assert.Equal(HttpStatusCode.NoContent, acked.StatusCode);
        await twice.IsProblemAsync(409, "lease-expired");
        Assert.Equal(["1"], lost.Data);
        Assert.Equal(["1"], back.Data);
        await late.IsProblemAsync(409, "lease-expired");
    }

    [Fact]
    public async Task Get_OfAnExpiredEvent_IsNothing()
    {
        var account = ApiStack.NewAccount();
        using var accepted = await stack.Root.PostAsync("/set", Calls.Json(Calls.SetText(account, ["k"], "1")[..^1] + ",\"ttlSeconds\":1}"));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        using var found = await stack.Root.GetAsync($"/get/k?account={account}&wait=1");
        var expires = found.IsSuccessStatusCode ? DateTimeOffset.Parse(found.Header("SetGet-Expires-At")) : TimeProvider.System.GetUtcNow();

        // The reader is another clock than this test's, on the same machine: it must be gone at the millisecond after.
        while (TimeProvider.System.GetUtcNow() <= expires) await Task.Yield();
        using var gone = await stack.Root.GetAsync($"/get/k?account={account}");

        await gone.IsProblemAsync(404, "not-found");
    }

    private async Task<HttpResponseMessage> GetOtherAsync(string account, string id, string wait)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/get/k?account={account}&wait={wait}");
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{id}\"");
        return await stack.Root.SendAsync(request);
    }

    private async Task SetAndWaitAsync(string account, int count)
    {
        for (var i = 0; i < count; i++) await stack.Root.SetAsync(account, "k", i.ToString());
        Assert.Equal(count, (await stack.Root.EventsAsync(account, "k", count)).Count);
    }

    private async Task<(List<string> Data, string? LeaseId)> TakeAsync(string account, string query)
    {
        using var answer = await stack.Root.PostAsync($"/get/k/take?account={account}&{query}", null);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var taken = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var data = taken.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("data").GetRawText()).ToList();
        return (data, taken.TryGetProperty("leaseId", out var id) ? id.GetString() : null);
    }

    private Task<HttpResponseMessage> AckAsync(string account, string leaseId)
        => stack.Root.PostAsync($"/get/k/ack?account={account}", Calls.Json($$"""{"leaseId":"{{leaseId}}"}"""));
}
