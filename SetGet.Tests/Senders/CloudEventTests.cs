using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SetGet.Tests.Local.Gateway;

namespace SetGet.Tests.Senders;

/// <summary>CloudEvents in its three modes, and what else headers can be, through both ways in.</summary>
[Collection(BothWaysInCollection.Name)]
public sealed class CloudEventTests(BothWaysIn stack)
{
    private const string Attributes = "\"specversion\":\"1.0\",\"type\":\"com.example.created\",\"source\":\"/mycontext\",\"id\":\"A234-1234-1234\"";

    [Theory]
    [InlineData("api")]
    [InlineData("gateway")]
    public async Task Binary_ArrivesWithItsAttributes(string way)
    {
        var key = await SendAsync(way, "application/xml", "<a b='c'>é</a>", ("ce-specversion", "1.0"), ("ce-type", "com.example.created"), ("ce-source", "/mycontext"), ("ce-id", "A234"));
        using var read = await ReadAsync(key);
        Assert.Equal("<a b='c'>é</a>", await read.Content.ReadAsStringAsync());
        Assert.Equal("application/xml", read.Content.Headers.ContentType?.ToString());
        Assert.Equal("com.example.created", read.Headers.GetValues("SetGet-Header-ce-type").Single());
        using var list = JsonDocument.Parse(await stack.Api.GetStringAsync($"/get/{key}/events?account={BothWaysIn.Account}"));
        Assert.Equal("/mycontext", list.RootElement.GetProperty("events")[0].GetProperty("headers").GetProperty("ce-source").GetString());
    }

    [Theory]
    [InlineData("api", "application/cloudevents+json; charset=utf-8", "{" + Attributes + ",\"data\":{\"n\":1.10}}")]
    [InlineData("gateway", "application/cloudevents+json; charset=utf-8", "{" + Attributes + ",\"data\":{\"n\":1.10}}")]
    [InlineData("api", "application/cloudevents-batch+json", "[{" + Attributes + "},{" + Attributes + ",\"data_base64\":\"AAEC\"}]")]
    [InlineData("gateway", "application/cloudevents-batch+json", "[{" + Attributes + "},{" + Attributes + ",\"data_base64\":\"AAEC\"}]")]
    public async Task StructuredAndBatch_ArriveWhole(string way, string contentType, string body)
    {
        using var read = await ReadAsync(await SendAsync(way, contentType, body));
        Assert.Equal(body, await read.Content.ReadAsStringAsync());
        Assert.Equal(contentType, read.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("api")]
    [InlineData("gateway")]
    public async Task Headers_ThatAreNotTheEvents_AreNotKept(string way)
    {
        var key = await SendAsync(
            way, "text/plain", "x", ("Authorization", "Bearer secret"), ("Cookie", "a=b"), ("X-Forwarded-For", "1.2.3.4"), ("X-Mine", "it's \"mine\", and \\ too"), ("x-Empty", ""));
        using var read = await ReadAsync(key);
        var kept = read.Headers.Where(each => each.Key.StartsWith("SetGet-Header-", StringComparison.OrdinalIgnoreCase)).Select(each => each.Key[14..].ToLowerInvariant());
        Assert.Equal(["x-empty", "x-mine"], kept.Order());
        Assert.Equal("it's \"mine\", and \\ too", read.Headers.NonValidated["SetGet-Header-x-mine"].ToString());
    }

    [Fact]
    public async Task Headers_BeyondTheBounds_AreRefusedBothWays()
    {
        (string, string)[] many = [.. Enumerable.Range(0, 65).Select(i => ($"x-{i}", "v"))];
        foreach (var way in new[] { "api", "gateway" })
        {
            using var refused = await PostAsync(way, "k", "text/plain", "x", many);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("\"headers\":[", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<string> SendAsync(string way, string contentType, string body, params (string Name, string Value)[] headers)
    {
        var key = Guid.NewGuid().ToString();
        using var answer = await PostAsync(way, key, contentType, body, headers);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return key;
    }

    private async Task<HttpResponseMessage> PostAsync(string way, string key, string contentType, string body, (string Name, string Value)[] headers)
    {
        var http = way == "api" ? stack.Api : stack.Gateway;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(http.BaseAddress!, $"hooks/{BothWaysIn.Account}/events/{key}"));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    private Task<HttpResponseMessage> ReadAsync(string key) => stack.Api.GetAsync($"/get/{key}?account={BothWaysIn.Account}&wait=20");
}
