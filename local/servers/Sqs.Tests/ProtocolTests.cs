using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Sqs.Tests;

/// <summary>Both protocols on one port, byte for byte where clients look.</summary>
public class ProtocolTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly XNamespace Sqs = "http://queue.amazonaws.com/doc/2012-11-05/";

    [Fact]
    public async Task QueueUrl_NamesTheHostThatTheClientUsed()
    {
        var url = await server.CreateAsync();
        Assert.StartsWith($"http://{server.Endpoint.Authority}/000000000000/", url);
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("Action", "GetQueueUrl"), KeyValuePair.Create("QueueName", url.Split('/')[^1])]),
        };
        request.Headers.Host = $"localhost:{server.Endpoint.Port}";
        using var response = await server.Http.SendAsync(request);
        Assert.Contains($"<QueueUrl>http://localhost:{server.Endpoint.Port}/", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Json_MissingQueue_HasShapeCodeAndStatus()
    {
        var (response, body) = await server.JsonAsync("SendMessage", new JsonObject { ["QueueUrl"] = "http://x/0/none", ["MessageBody"] = "x" });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("com.amazonaws.sqs#QueueDoesNotExist", (string?)body["__type"]);
        Assert.Equal("The specified queue does not exist.", (string?)body["message"]);
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue;Sender", response.Headers.GetValues("x-amzn-query-error").Single());
        Assert.Equal("application/x-amz-json-1.0", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Query_MissingQueue_HasCodeAndStatus()
    {
        var (response, body) = await server.QueryAsync("/000000000000/none", ("Action", "ReceiveMessage"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = body.Element(Sqs + "Error")!;
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", error.Element(Sqs + "Code")!.Value);
        Assert.Equal("Sender", error.Element(Sqs + "Type")!.Value);
        Assert.NotEmpty(body.Element(Sqs + "RequestId")!.Value);
    }

    [Fact]
    public async Task Query_OnQueuePath_SendsAndReceivesEveryCharacterUnchanged()
    {
        var path = new Uri(await server.CreateAsync()).AbsolutePath;
        const string Body = "a&b<c>\"d\"+e %41\r\n\té\U0001F600]]>";
        var (_, sent) = await server.QueryAsync(
            path, ("Action", "SendMessage"), ("MessageBody", Body), ("MessageAttribute.1.Name", "n"),
            ("MessageAttribute.1.Value.DataType", "Number"), ("MessageAttribute.1.Value.StringValue", "1.50"));
        var (_, received) = await server.QueryAsync(path, ("Action", "ReceiveMessage"), ("MessageAttributeName.1", "All"), ("AttributeName.1", "All"));
        var message = received.Descendants(Sqs + "Message").Single();
        Assert.Equal(Body, message.Element(Sqs + "Body")!.Value);
        Assert.Equal(
            sent.Descendants(Sqs + "MD5OfMessageAttributes").Single().Value, message.Element(Sqs + "MD5OfMessageAttributes")!.Value);
        Assert.Equal("1.50", message.Descendants(Sqs + "StringValue").Single().Value);
    }

    [Fact]
    public async Task Query_ListOfOneWithoutANumber_IsTaken()
    {
        var path = new Uri(await server.CreateAsync()).AbsolutePath;
        await server.QueryAsync(path, ("Action", "SetQueueAttributes"), ("Attribute.Name", "VisibilityTimeout"), ("Attribute.Value", "35"));
        await server.QueryAsync(path, ("Action", "TagQueue"), ("Tag.Key", "k"), ("Tag.Value", "v"));
        var (_, attributes) = await server.QueryAsync(path, ("Action", "GetQueueAttributes"), ("AttributeName", "VisibilityTimeout"));
        Assert.Equal("35", attributes.Descendants(Sqs + "Value").Single().Value);
        var (_, tags) = await server.QueryAsync(path, ("Action", "ListQueueTags"));
        Assert.Equal("v", tags.Descendants(Sqs + "Value").Single().Value);
    }

    [Fact]
    public async Task Json_EscapesInBody_ArriveAsTheirCharacters()
    {
        var url = await server.CreateAsync();
        const string Body = "quote \" backslash \\ tab \t é \U0001F600 </script>";
        await server.JsonAsync("SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = Body });
        var (_, received) = await server.JsonAsync("ReceiveMessage", new JsonObject { ["QueueUrl"] = url });
        Assert.Equal(Body, (string?)received["Messages"]![0]!["Body"]);
    }

    [Theory]
    [InlineData("\u0001")]
    [InlineData("\uFFFE")]
    [InlineData("\uFFFF")]
    public async Task Body_WithCharactersOutsideXml_IsInvalidMessageContents(string text)
    {
        var url = await server.CreateAsync();
        var (_, body) = await server.JsonAsync("SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = text });
        Assert.Equal("com.amazonaws.sqs#InvalidMessageContents", (string?)body["__type"]);
    }

    [Fact]
    public async Task Body_WithHalfASurrogatePair_IsInvalidMessageContents()
    {
        var url = await server.CreateAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent($$"""{"QueueUrl":"{{url}}","MessageBody":"half \ud83d"}"""),
        };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.SendMessage");
        using var response = await server.Http.SendAsync(request);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("com.amazonaws.sqs#InvalidMessageContents", (string?)body["__type"]);
        Assert.StartsWith("Invalid characters found.", (string?)body["message"]);
    }

    [Theory]
    [InlineData("TagQueue", "Tags")]
    [InlineData("SetQueueAttributes", "Attributes")]
    public async Task NullInAMap_IsRefused(string operation, string member)
    {
        var request = new JsonObject { ["QueueUrl"] = await server.CreateAsync(), [member] = new JsonObject { ["DelaySeconds"] = null } };
        var (response, body) = await server.JsonAsync(operation, request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("com.amazonaws.sqs#InvalidParameterValueException", (string?)body["__type"]);
    }

    [Fact]
    public async Task UnknownAction_IsRefusedInBothProtocols()
    {
        var (json, body) = await server.JsonAsync("Nonsense", []);
        Assert.False(json.IsSuccessStatusCode);
        Assert.Equal("com.amazonaws.sqs#UnknownOperationException", (string?)body["__type"]);
        var (query, xml) = await server.QueryAsync("/", ("Action", "Nonsense"));
        Assert.Equal(HttpStatusCode.BadRequest, query.StatusCode);
        Assert.Equal("InvalidAction", xml.Descendants(Sqs + "Code").Single().Value);
    }

    [Fact]
    public async Task Batch_MixedEntries_SucceedAndFailAlone()
    {
        var url = await server.CreateAsync();
        var entries = new JsonArray(
            new JsonObject { ["Id"] = "good", ["MessageBody"] = "x" },
            new JsonObject { ["Id"] = "late", ["MessageBody"] = "x", ["DelaySeconds"] = 901 });
        var (_, body) = await server.JsonAsync("SendMessageBatch", new JsonObject { ["QueueUrl"] = url, ["Entries"] = entries });
        Assert.Equal("good", (string?)Assert.Single(body["Successful"]!.AsArray())!["Id"]);
        var failed = Assert.Single(body["Failed"]!.AsArray())!;
        Assert.Equal(("late", "InvalidParameterValue", true), ((string?)failed["Id"], (string?)failed["Code"], (bool)failed["SenderFault"]!));
    }

    [Fact]
    public async Task ListQueues_Pages_CoverAllOnce()
    {
        var prefix = $"page-{Guid.NewGuid():N}";
        for (var i = 0; i < 5; i++) await server.CreateAsync($"{prefix}-{i}");
        var found = new List<string>();
        string? token = null;
        do
        {
            var (_, body) = await server.JsonAsync(
                "ListQueues", new JsonObject { ["QueueNamePrefix"] = prefix, ["MaxResults"] = 2, ["NextToken"] = token });
            found.AddRange(body["QueueUrls"]!.AsArray().Select(url => (string)url!));
            token = (string?)body["NextToken"];
        }
        while (token is not null);

        Assert.Equal(5, found.Distinct().Count());
        Assert.Equal(5, found.Count);
    }
}
