using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SetGet.Tests.Api;

/// <summary>The main path over HTTP: set, get, and what the headers of both say.</summary>
[Collection(ApiCollection.Name)]
public sealed class SetGetTests(ApiStack stack)
{
    [Fact]
    public async Task Set_ThenGet_ReturnsTheDataByteForByte()
    {
        const string Data = """{"a":1.10,"b":"\u00e9",  "c":12345678901234567890}""";
        var account = ApiStack.NewAccount();
        var accepted = await stack.Root.SetAsync(account, "k", Data);

        using var found = await stack.Root.GetAsync($"/get/k?account={account}&wait=20");

        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        Assert.Equal(Data, await found.Content.ReadAsStringAsync());
        Assert.Equal("application/json", found.Content.Headers.ContentType!.ToString());
        Assert.Equal($"\"{accepted.Id}\"", found.Headers.ETag!.ToString());
        Assert.Equal(accepted.Id, found.Header("SetGet-Id"));
        Assert.Equal("flow", found.Header("SetGet-Flow"));
        Assert.Equal(accepted.AcceptedAt, found.Header("SetGet-Accepted-At"));
        Assert.Equal(DateTimeOffset.Parse(accepted.AcceptedAt).AddDays(1), DateTimeOffset.Parse(found.Header("SetGet-Expires-At")));
        Assert.Equal(DateTimeOffset.Parse(accepted.AcceptedAt).ToUnixTimeSeconds(), found.Content.Headers.LastModified!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Set_UnderThreeKeysOneTwice_AnswersWithDistinctKeysAndIsReadUnderEach()
    {
        var account = ApiStack.NewAccount();
        var accepted = await stack.Root.SetAsync(account, ["a", "b", "a", "c"], "1");

        Assert.Equal(["a", "b", "c"], accepted.WebhookKeys);
        foreach (var key in accepted.WebhookKeys)
        {
            using var found = await stack.Root.GetAsync($"/get/{key}?account={account}&wait=20");
            Assert.Equal("1", await found.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("\"{0}\"", true)]
    [InlineData("W/\"{0}\"", true)]
    [InlineData("\"x\", W/\"y\", \"{0}\"", true)]
    [InlineData("*", true)]
    [InlineData("\"other\"", false)]
    [InlineData("not a tag", false)]
    public async Task Get_IfNoneMatch_AnswersNotModifiedForTheNewestOnly(string header, bool isKnown)
    {
        var account = ApiStack.NewAccount();
        var accepted = await stack.Root.SetAsync(account, "k", "1");
        using (await stack.Root.GetAsync($"/get/k?account={account}&wait=20")) { }
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/get/k?account={account}");
        request.Headers.TryAddWithoutValidation("If-None-Match", header.Replace("{0}", accepted.Id, StringComparison.Ordinal));

        using var answer = await stack.Root.SendAsync(request);

        Assert.Equal(isKnown ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"\"{accepted.Id}\"", answer.Headers.ETag!.ToString());
        Assert.Equal(isKnown ? "" : "1", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Head_HasTheHeadersOfGetAndNoBody()
    {
        var account = ApiStack.NewAccount();
        var accepted = await stack.Root.SetAsync(account, "k", "[1,2,3]");
        using (await stack.Root.GetAsync($"/get/k?account={account}&wait=20")) { }
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/get/k?account={account}");

        using var answer = await stack.Root.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(7, answer.Content.Headers.ContentLength);
        Assert.Equal(accepted.Id, answer.Header("SetGet-Id"));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Hook_OfAnyBytes_ComesBackInItsContentType()
    {
        var account = ApiStack.NewAccount();
        byte[] data = [0, 255, 254, 13, 10, 0];
        using var content = new ByteArrayContent(data);
        content.Headers.TryAddWithoutValidation("Content-Type", "image/x-odd; q=\"a b\"");

        using var accepted = await stack.Root.PostAsync($"/hooks/{account}/flow/first?key=second&key=third,fourth&ttl=60", content);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        foreach (var key in new[] { "first", "second", "third", "fourth" })
        {
            using var found = await stack.Root.GetAsync($"/get/{key}?account={account}&wait=20");
            Assert.Equal(data, await found.Content.ReadAsByteArrayAsync());
            Assert.Equal("image/x-odd; q=\"a b\"", found.Content.Headers.NonValidated["Content-Type"].ToString());
            var lived = DateTimeOffset.Parse(found.Header("SetGet-Expires-At")) - DateTimeOffset.Parse(found.Header("SetGet-Accepted-At"));
            Assert.Equal(TimeSpan.FromSeconds(60), lived);
        }
    }

    [Fact]
    public async Task Events_OfMixedContent_AreDataOrBase64()
    {
        var account = ApiStack.NewAccount();
        await stack.Root.SetAsync(account, "k", """{"n":1.0}""");
        await stack.Root.HookAsync(account, "k", "application/json", "{not json"u8.ToArray());
        await stack.Root.HookAsync(account, "k", "application/cloudevents+json", "[1]"u8.ToArray());

        var events = await stack.Root.EventsAsync(account, "k", 3);

        Assert.Contains("\"data\":{\"n\":1.0}", events[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal("{not json", Encoding.UTF8.GetString(events[1].GetProperty("dataBase64").GetBytesFromBase64()));
        Assert.Equal("[1]", events[2].GetProperty("data").GetRawText());
        Assert.All(events, each => Assert.Equal(each.TryGetProperty("data", out _), !each.TryGetProperty("dataBase64", out _)));
    }

    [Fact]
    public async Task Many_AnswersInTheOrderAsked()
    {
        var account = ApiStack.NewAccount();
        await stack.Root.SetAsync(account, ["a", "c"], "\"x\"");
        using (await stack.Root.GetAsync($"/get/c?account={account}&wait=20")) { }

        using var answer = await stack.Root.PostAsync("/get", Calls.Json($$"""{"account":"{{account}}","webhookKeys":["c","nothing","a"]}"""));

        var results = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["c", "nothing", "a"], results.Select(each => each.GetProperty("webhookKey").GetString()));
        Assert.Equal([true, false, true], results.Select(each => each.GetProperty("found").GetBoolean()));
        Assert.Equal("\"x\"", results[0].GetProperty("data").GetRawText());
        Assert.False(results[1].TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Delete_ForgetsTheKey()
    {
        var account = ApiStack.NewAccount();
        await stack.Root.SetAsync(account, "k", "1");
        using (await stack.Root.GetAsync($"/get/k?account={account}&wait=20")) { }

        using var deleted = await stack.Root.DeleteAsync($"/get/k?account={account}");
        using var again = await stack.Root.DeleteAsync($"/get/k?account={account}");
        using var found = await stack.Root.GetAsync($"/get/k?account={account}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await again.IsProblemAsync(404, "not-found");
        await found.IsProblemAsync(404, "not-found");
    }
}
