using System.Net;
using System.Text;
using System.Text.Json;
using SetGet.Tests.Core;

namespace SetGet.Tests.Local.Gateway;

/// <summary>What ingest.yaml has API Gateway do around the mapping: keys, plans, routes, CORS, and what a caller cannot choose.</summary>
public sealed class GatewayTests
{
    [Theory]
    [InlineData("""{"accountId":"acme","flowId":"f","webhookKeys":["k"],"data":1}""", "?Action=DeleteQueue&QueueUrl=http://other/q&MessageBody=x")]
    [InlineData("""{"accountId":"acme","flowId":"f","webhookKeys":["k"],"data":"\",\"QueueUrl\":\"http://other/q\",\"x\":\""}""", "")]
    [InlineData("""{"accountId":"acme","flowId":"f","webhookKeys":["k"],"data":"\"}\", \"DelaySeconds\": 900, \"MessageAttributes\": {"}""", "")]
    public async Task Set_ThatTriesToChooseTheCall_GetsNowhere(string body, string query)
    {
        await using var gateway = await GatewayHarness.StartAsync();
        using var message = new HttpRequestMessage(HttpMethod.Post, "set" + query) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        message.Headers.Add("X-Amz-Target", "AmazonSQS.DeleteQueue");
        message.Headers.Add("X-Amz-Security-Token", "x");
        using var answer = await gateway.Http.SendAsync(message);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var call = Assert.Single(gateway.Calls);
        Assert.Equal(("POST", "/", ""), (call.Method, call.Path, call.QueryString));
        Assert.Equal("AmazonSQS.SendMessage", call.Headers["X-Amz-Target"]);
        Assert.Equal(2, call.Headers.Count);
        var sent = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(["MessageBody", "MessageGroupId", "QueueUrl"], sent.EnumerateObject().Select(member => member.Name).Order());
        Assert.EndsWith("/setget-events", sent.GetProperty("QueueUrl").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_WithARequestIdThatIsNoUuid_IsRefused()
    {
        await using var gateway = await GatewayHarness.StartAsync();
        using var message = HostileCorpus.Sound("acme", "id", "1").ToMessage("set");
        message.Headers.Add("x-amzn-RequestId", "chosen\",\"x\":\"");
        using var answer = await gateway.Http.SendAsync(message);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(await gateway.TakeAsync());
    }

    [Fact]
    public async Task Set_OnAFifoQueue_NamesGroupAndDeduplication()
    {
        await using var gateway = await GatewayHarness.StartAsync(("QueueType", "fifo"));
        using var answer = await gateway.Http.SendAsync(HostileCorpus.Sound("acme", "fifo", "1").ToMessage("set"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var message = (await gateway.TakeAsync("setget-events.fifo"))!.Value.GetProperty("Attributes");
        Assert.Equal("acme", message.GetProperty("MessageGroupId").GetString());
        var id = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString();
        Assert.Equal(id, message.GetProperty("MessageDeduplicationId").GetString());
    }

    [Theory]
    [InlineData(null, "set", 401)]
    [InlineData("wrong", "set", 401)]
    [InlineData(GatewayHarness.Key, "nowhere", 404)]
    [InlineData(GatewayHarness.Key, "set/more", 404)]
    public async Task Request_WithoutKeyOrRoute_GetsAProblemDocument(string? key, string path, int status)
    {
        await using var gateway = await GatewayHarness.StartAsync();
        using var http = gateway.NewClient(key);
        using var answer = await http.SendAsync(HostileCorpus.Sound("acme", "x", "1").ToMessage(path));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Request_ToAnotherStage_IsForbidden()
    {
        await using var gateway = await GatewayHarness.StartAsync();
        using var answer = await gateway.Http.GetAsync(new Uri(gateway.Http.BaseAddress!, "/v2/set"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("""{"message":"Forbidden"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task UsagePlan_Throttles_AndFillsAgain()
    {
        var time = new ManualTime();
        await using var gateway = await GatewayHarness.StartAsync(Ingest(), time, ("AccountRate", "2"), ("AccountBurst", "3"));
        Assert.Equal([202, 202, 202, 429], await StatusesAsync(gateway, 4));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([202, 202, 429], await StatusesAsync(gateway, 3));
        using var answer = await gateway.Http.SendAsync(HostileCorpus.Sound("acme", "x", "1").ToMessage("set"));
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task UsagePlan_Quota_BeginsAnewWithTheDay()
    {
        var time = new ManualTime();
        await using var gateway = await GatewayHarness.StartAsync(Ingest(), time, ("AccountDailyQuota", "2"));
        Assert.Equal([202, 202, 429], await StatusesAsync(gateway, 3));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal([202], await StatusesAsync(gateway, 1));
    }

    [Fact]
    public async Task Stage_Throttles()
    {
        await using var gateway = await GatewayHarness.StartAsync(Ingest(), new ManualTime(), ("ThrottleRate", "1"), ("ThrottleBurst", "1"));
        Assert.Equal([202, 429], await StatusesAsync(gateway, 2));
    }

    [Fact]
    public async Task Options_WithCors_AnswerWithoutAKey()
    {
        await using var gateway = await GatewayHarness.StartAsync(("CorsAllowOrigin", "https://example.com"));
        using var http = gateway.NewClient(null);
        foreach (var path in new[] { "set", "hooks/a/b/c" })
        {
            using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Options, path));
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            Assert.Equal("https://example.com", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        }

        using var accepted = await gateway.Http.SendAsync(HostileCorpus.Sound("acme", "x", "1").ToMessage("set"));
        Assert.Equal("https://example.com", accepted.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Body_AboveTenMegabytes_IsTooLarge()
    {
        await using var gateway = await GatewayHarness.StartAsync();
        using var answer = await gateway.Http.PostAsync("set", new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static string Ingest() => File.ReadAllText(Path.Combine(GatewayHarness.Templates, "ingest.yaml"));

    private static async Task<List<int>> StatusesAsync(GatewayHarness gateway, int count)
    {
        var statuses = new List<int>();
        for (var sent = 0; sent < count; sent++)
        {
            using var answer = await gateway.Http.SendAsync(HostileCorpus.Sound("acme", "x", "1").ToMessage("set"));
            statuses.Add((int)answer.StatusCode);
        }

        return statuses;
    }
}
