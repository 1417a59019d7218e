using System.Net.Http.Headers;
using System.Text;

namespace SetGet.Tests.Api;

/// <summary>What a caller's mistakes are answered with.</summary>
[Collection(ApiCollection.Name)]
public sealed class ProblemTests(ApiStack stack)
{
    public static TheoryData<string, string[]> BadSets => new()
    {
        { "", ["body"] },
        { "[]", ["body"] },
        { "{", ["body"] },
        { "{}", ["accountId", "flowId", "webhookKeys", "data"] },
        { """{"accountId":"a b","flowId":"f","webhookKeys":["k"],"data":1}""", ["accountId"] },
        { """{"accountId":"a","flowId":"","webhookKeys":["k"],"data":1}""", ["flowId"] },
        { """{"accountId":"a","flowId":"f","webhookKeys":[],"data":1}""", ["webhookKeys"] },
        { """{"accountId":"a","flowId":"f","webhookKeys":["k","no/key"],"data":1}""", ["webhookKeys[1]"] },
        { """{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":0}""", ["ttlSeconds"] },
        { """{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":-5}""", ["ttlSeconds"] },
        { """{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":2000000000}""", ["ttlSeconds"] },
        { """{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"ttlSeconds":1.5}""", ["ttlSeconds"] },
        { """{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1,"extra":1}""", ["extra"] },
        { """{"accountId":"a","accountId":"b","flowId":"f","webhookKeys":["k"],"data":1}""", ["accountId"] },
        { "{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":\"\uFFFE\"}", ["body"] },
        { "{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\"],\"data\":\"\uFFFF\"}", ["body"] },
        { """{"accountId":"a","flowId":"f","webhookKeys":["k"],"data":1} x""", ["body"] },
    };

    public static TheoryData<string, string[]> BadGets => new()
    {
        { "/get/bad%20key?account=a", ["webhookKey"] },
        { "/get/k", ["account"] },
        { "/get/k?account=a&wait=21", ["wait"] },
        { "/get/k?account=a&wait=-1", ["wait"] },
        { "/get/k?account=a&wait=1&wait=2", ["wait"] },
        { "/get/k?account=a&wait=", ["wait"] },
        { "/get/k/events?account=a&limit=0", ["limit"] },
        { "/get/k/events?account=a&limit=1001", ["limit"] },
        { "/get/k/events?account=a&after=rubbish", ["after"] },
        { "/accounts/a%20b/ttl", ["accountId"] },
        { "/accounts/a/flows/!/ttl", ["flowId"] },
    };

    [Theory]
    [MemberData(nameof(BadSets))]
    public async Task Set_OfWhatIsNotValid_NamesTheFields(string body, string[] fields)
    {
        using var answer = await stack.Root.PostAsync("/set", Calls.Json(body));

        await answer.IsProblemAsync(400, "invalid-request", fields);
    }

    [Theory]
    [MemberData(nameof(BadGets))]
    public async Task Get_OfWhatIsNotValid_NamesTheFields(string url, string[] fields)
    {
        using var answer = await stack.Root.GetAsync(url);

        await answer.IsProblemAsync(400, "invalid-request", fields);
    }

    [Fact]
    public async Task Set_OfInvalidUtf8_IsABadBody()
    {
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(Calls.SetText("a", ["k"], "\"")[..^1]), 0xC3, 0x28, (byte)'"', (byte)'}']);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var answer = await stack.Root.PostAsync("/set", content);

        await answer.IsProblemAsync(400, "invalid-request", "body");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Set_InAnotherContentType_SaysWhichToSend(string contentType)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        using var answer = await stack.Root.PostAsync("/set", content);

        var problem = await answer.IsProblemAsync(415, "unsupported-media-type");
        Assert.Contains("Content-Type: application/json", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_OfACompressedBody_IsRefused()
    {
        using var content = Calls.Json("{}");
        content.Headers.ContentEncoding.Add("gzip");

        using var answer = await stack.Root.PostAsync("/set", content);

        await answer.IsProblemAsync(415, "unsupported-media-type");
        Assert.Equal("identity", answer.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task Set_AboveTheLimit_SaysWhatTheLimitIs()
    {
        using var answer = await stack.Root.PostAsync("/set", Calls.Json(Calls.SetText("a", ["k"], '"' + new string('x', 1_048_576) + '"')));
        using var unsized = new StreamContent(new UnsizedStream(2_000_000));
        unsized.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var chunked = await stack.Root.PostAsync("/set", unsized);

        foreach (var each in new[] { answer, chunked })
        {
            var problem = await each.IsProblemAsync(413, "too-large");
            Assert.Contains(SetGet.Core.Events.EnvelopeWriter.MaxSetBytes.ToString(), problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Set_AtTheLimit_IsAcceptedAndRead()
    {
        var account = ApiStack.NewAccount();
        var frame = Calls.SetText(account, ["k"], "\"\"").Length;
        var data = '"' + new string('x', SetGet.Core.Events.EnvelopeWriter.MaxSetBytes - frame) + '"';

        await stack.Root.SetAsync(account, "k", data);

        using var found = await stack.Root.GetAsync($"/get/k?account={account}&wait=20");
        Assert.Equal(data, await found.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Request_WithoutAKey_IsToldHowToAuthenticate()
    {
        using var http = new HttpClient { BaseAddress = stack.Address };
        using var none = await http.GetAsync("/get/k");
        http.DefaultRequestHeaders.Add("X-Api-Key", "sg_unknown_secret");
        using var unknown = await http.GetAsync("/get/k");

        await none.IsProblemAsync(401, "unauthorized");
        await unknown.IsProblemAsync(401, "unauthorized");
        Assert.StartsWith("ApiKey", none.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OfNoRoute_SaysWhereTheRoutesAre()
    {
        using var answer = await stack.Root.GetAsync("/nowhere/at/all");

        var problem = await answer.IsProblemAsync(404, "no-route");
        Assert.Contains("/docs", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithAnotherMethod_NamesTheOnesThatThereAre()
    {
        using var answer = await stack.Root.GetAsync("/set");

        await answer.IsProblemAsync(405, "method-not-allowed");
        Assert.Equal("POST", answer.Content.Headers.Allow.Single());
    }

    /// <summary>A body whose length is not told beforehand.</summary>
    private sealed class UnsizedStream(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
