using System.Text.Json.Nodes;

namespace Sqs.Tests;

/// <summary>The Query protocol for clients that accept JSON, of which API Gateway is one.</summary>
public class QueryJsonTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task SentAndReceivedMessage_HasTheNamesThatIntegrationsKnow()
    {
        var path = new Uri(await server.CreateAsync()).AbsolutePath;
        var empty = await CallAsync(path, ("Action", "ReceiveMessage"));
        Assert.True(empty["ReceiveMessageResponse"]!["ReceiveMessageResult"]!.AsObject().ContainsKey("messages"));
        Assert.Null(empty["ReceiveMessageResponse"]!["ReceiveMessageResult"]!["messages"]);
        var sent = await CallAsync(
            path, ("Action", "SendMessage"), ("MessageBody", "a \"body\"\r\n"), ("MessageAttribute.1.Name", "n"),
            ("MessageAttribute.1.Value.DataType", "Binary"), ("MessageAttribute.1.Value.BinaryValue", "AQI="));
        var received = await CallAsync(
            path, ("Action", "ReceiveMessage"), ("AttributeName.1", "ApproximateReceiveCount"), ("MessageAttributeName.1", "All"));
        var message = received["ReceiveMessageResponse"]!["ReceiveMessageResult"]!["messages"]![0]!;
        Assert.Equal("a \"body\"\r\n", (string?)message["Body"]);
        Assert.Equal((string?)sent["SendMessageResponse"]!["SendMessageResult"]!["MessageId"], (string?)message["MessageId"]);
        Assert.Equal("""[{"Name":"ApproximateReceiveCount","Value":"1"}]""", message["Attributes"]!.ToJsonString());
        Assert.Equal("""[{"Name":"n","Value":{"BinaryValue":"AQI=","DataType":"Binary"}}]""", message["MessageAttributes"]!.ToJsonString());
        var deleted = await CallAsync(path, ("Action", "DeleteMessage"), ("ReceiptHandle", (string)message["ReceiptHandle"]!));
        Assert.NotEmpty((string)deleted["DeleteMessageResponse"]!["ResponseMetadata"]!["RequestId"]!);
    }

    [Fact]
    public async Task ListsAndMaps_AreArrays()
    {
        var url = await server.CreateAsync();
        var listed = await CallAsync("/", ("Action", "ListQueues"), ("QueueNamePrefix", url.Split('/')[^1]));
        Assert.Equal([url], listed["ListQueuesResponse"]!["ListQueuesResult"]!["queueUrls"]!.AsArray().Select(node => (string?)node));
        var attributes = await CallAsync(new Uri(url).AbsolutePath, ("Action", "GetQueueAttributes"), ("AttributeName.1", "DelaySeconds"));
        Assert.Equal(
            """[{"Name":"DelaySeconds","Value":"0"}]""",
            attributes["GetQueueAttributesResponse"]!["GetQueueAttributesResult"]!["Attributes"]!.ToJsonString());
    }

    [Fact]
    public async Task Error_HasCodeTypeAndRequestId()
    {
        var error = await CallAsync("/000000000000/none", ("Action", "ReceiveMessage"));
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", (string?)error["Error"]!["Code"]);
        Assert.Equal("Sender", (string?)error["Error"]!["Type"]);
        Assert.NotEmpty((string)error["RequestId"]!);
    }

    [Fact]
    public async Task RequestWithoutAction_IsRefusedAsForAnyClient()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(await server.CreateAsync()));
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        Assert.StartsWith("<UnknownOperationException", await response.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> CallAsync(string path, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Endpoint, path))
        {
            Content = new FormUrlEncodedContent(parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
        };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await server.Http.SendAsync(request);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
