using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Sqs.Tests;

/// <summary>Accounts and regions, as requests' credentials name them, see their own queues.</summary>
public class AccountTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static string Scope(string region, string key = "any")
        => $"AWS4-HMAC-SHA256 Credential={key}/20260101/{region}/sqs/aws4_request, SignedHeaders=host, Signature=0";

    [Fact]
    public async Task Regions_HaveQueuesOfTheSameName()
    {
        var name = $"q-{Guid.NewGuid():N}";
        var url = await CreateAsync(name, Scope("us-east-1"));
        Assert.Equal(url, await CreateAsync(name, Scope("eu-central-1"), ("VisibilityTimeout", "7")));
        await CallAsync("SendMessage", Scope("eu-central-1"), new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "x" });
        Assert.Null((await CallAsync("ReceiveMessage", Scope("us-east-1"), new JsonObject { ["QueueUrl"] = url }))["Messages"]);
        Assert.NotNull((await CallAsync("ReceiveMessage", Scope("eu-central-1"), new JsonObject { ["QueueUrl"] = url }))["Messages"]);
        Assert.Equal($"arn:aws:sqs:eu-central-1:000000000000:{name}", await ArnAsync(url, Scope("eu-central-1")));
        Assert.Equal($"arn:aws:sqs:us-east-1:000000000000:{name}", await ArnAsync(url, ""));
    }

    [Fact]
    public async Task RedrivePolicy_OfAnotherRegion_FindsTheQueueOfThatRegion()
    {
        var (dead, source) = ($"dead-{Guid.NewGuid():N}", $"source-{Guid.NewGuid():N}");
        var scope = Scope("eu-west-3");
        var deadUrl = await CreateAsync(dead, scope);
        var policy = $$"""{"deadLetterTargetArn":"{{await ArnAsync(deadUrl, scope)}}","maxReceiveCount":1}""";
        var url = await CreateAsync(source, scope, ("RedrivePolicy", policy), ("VisibilityTimeout", "0"));
        await CallAsync("SendMessage", scope, new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = "x" });
        Assert.NotNull((await CallAsync("ReceiveMessage", scope, new JsonObject { ["QueueUrl"] = url }))["Messages"]);
        Assert.Null((await CallAsync("ReceiveMessage", scope, new JsonObject { ["QueueUrl"] = url }))["Messages"]);
        Assert.NotNull((await CallAsync("ReceiveMessage", scope, new JsonObject { ["QueueUrl"] = deadUrl }))["Messages"]);
    }

    [Fact]
    public async Task DeadLetterQueue_InAnotherRegion_DoesNotExistForTheSource()
    {
        var dead = await ArnAsync(await CreateAsync($"dead-{Guid.NewGuid():N}", Scope("us-west-2")), Scope("us-west-2"));
        var request = new JsonObject
        {
            ["QueueName"] = $"source-{Guid.NewGuid():N}",
            ["Attributes"] = new JsonObject { ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{dead}}","maxReceiveCount":2}""" },
        };
        var refused = await CallAsync("CreateQueue", Scope("us-east-1"), request);
        Assert.EndsWith("Dead letter target does not exist.", (string?)refused["message"]);
    }

    [Fact]
    public async Task Url_OfAnotherAccountsQueue_IsEnoughToReachIt()
    {
        var name = $"q-{Guid.NewGuid():N}";
        var url = await CreateAsync(name, Scope("eu-west-1", "111122223333"));
        Assert.Equal($"arn:aws:sqs:eu-west-1:111122223333:{name}", await ArnAsync(url, Scope("us-east-1", "444455556666")));
        Assert.Null(await ArnAsync(url, Scope("us-east-1", "111122223333")));
    }

    [Fact]
    public async Task AccessKeyOfTwelveDigits_IsAnAccount()
    {
        var name = $"q-{Guid.NewGuid():N}";
        var url = await CreateAsync(name, Scope("us-east-1", "111122223333"));
        Assert.Contains("/111122223333/", url);
        Assert.Equal(["own"], await ListedAsync("own", name, Scope("us-east-1", "111122223333")));
        Assert.Empty(await ListedAsync("other", name, Scope("us-east-1")));
        // The URL says whose queue it is, and so does the owner's account.
        Assert.Equal($"arn:aws:sqs:us-east-1:111122223333:{name}", await ArnAsync(url, Scope("us-east-1")));
        var missing = await CallAsync("GetQueueUrl", Scope("us-east-1"), new JsonObject { ["QueueName"] = name });
        Assert.Equal("com.amazonaws.sqs#QueueDoesNotExist", (string?)missing["__type"]);
        var found = await CallAsync(
            "GetQueueUrl", Scope("us-east-1"), new JsonObject { ["QueueName"] = name, ["QueueOwnerAWSAccountId"] = "111122223333" });
        Assert.Equal(url, (string?)found["QueueUrl"]);
    }

    [Fact]
    public async Task Host_ThatNamesARegion_DecidesIt()
    {
        var name = $"q-{Guid.NewGuid():N}";
        var host = $"sqs.ap-south-1.localhost:{server.Endpoint.Port}";
        using var request = Request("CreateQueue", Scope("us-east-1"), new JsonObject { ["QueueName"] = name });
        request.Headers.Host = host;
        using var response = await server.Http.SendAsync(request);
        var url = (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["QueueUrl"];
        Assert.Equal($"http://{host}/000000000000/{name}", url);
        Assert.Equal($"arn:aws:sqs:ap-south-1:000000000000:{name}", await ArnAsync(url!, Scope("us-east-1")));
    }

    [Fact]
    public async Task SignedUrl_NamesTheRegionToo()
    {
        var name = $"q-{Guid.NewGuid():N}";
        await CreateAsync(name, Scope("ca-central-1"));
        const string Credential = "X-Amz-Credential=any%2F20260101%2Fca-central-1%2Fsqs%2Faws4_request";
        var text = await server.Http.GetStringAsync(
            new Uri(server.Endpoint, $"/000000000000/{name}?Action=GetQueueAttributes&AttributeName.1=QueueArn&{Credential}"));
        Assert.Contains($"arn:aws:sqs:ca-central-1:000000000000:{name}", text);
    }

    private async Task<string[]> ListedAsync(string label, string name, string scope)
    {
        var listed = await CallAsync("ListQueues", scope, new JsonObject { ["QueueNamePrefix"] = name });
        return [.. (listed["QueueUrls"]?.AsArray() ?? []).Select(_ => label)];
    }

    private async Task<string> CreateAsync(string name, string scope, params (string Name, string Value)[] attributes)
    {
        var map = new JsonObject(attributes.Select(pair => KeyValuePair.Create(pair.Name, (JsonNode?)pair.Value)));
        var created = await CallAsync("CreateQueue", scope, new JsonObject { ["QueueName"] = name, ["Attributes"] = map });
        return (string)created["QueueUrl"]!;
    }

    private async Task<string?> ArnAsync(string url, string scope)
    {
        var request = new JsonObject { ["QueueUrl"] = url, ["AttributeNames"] = new JsonArray("QueueArn") };
        return (string?)(await CallAsync("GetQueueAttributes", scope, request))["Attributes"]?["QueueArn"];
    }

    private async Task<JsonObject> CallAsync(string operation, string scope, JsonObject body)
    {
        using var request = Request(operation, scope, body);
        using var response = await server.Http.SendAsync(request);
        return (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private HttpRequestMessage Request(string operation, string scope, JsonObject body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/x-amz-json-1.0")),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS." + operation);
        if (scope.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", scope);
        return request;
    }
}
