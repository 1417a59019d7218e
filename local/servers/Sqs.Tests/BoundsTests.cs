using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Sqs.Tests;

/// <summary>What is too large, too slow or too much.</summary>
public class BoundsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const int Limit = 1024 * 1024;

    [Fact]
    public async Task Message_AtTheLimit_IsTaken_OneByteMore_IsRefused()
    {
        var url = await server.CreateAsync();
        var (taken, _) = await SendAsync(url, new string('x', Limit));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        var (_, refused) = await SendAsync(url, new string('x', Limit + 1));
        Assert.Equal("com.amazonaws.sqs#InvalidParameterValueException", (string?)refused["__type"]);
        Assert.Contains("Message must be shorter than 1048576 bytes", (string?)refused["message"]);
    }

    [Fact]
    public async Task Batch_OverTheLimitTogether_IsRefused()
    {
        var url = await server.CreateAsync();
        var entries = new JsonArray([.. Enumerable.Range(0, 2).Select(i
            => (JsonNode)new JsonObject { ["Id"] = $"{i}", ["MessageBody"] = new string('x', (Limit / 2) + 1) })]);
        var (_, body) = await server.JsonAsync("SendMessageBatch", new JsonObject { ["QueueUrl"] = url, ["Entries"] = entries });
        Assert.Equal("com.amazonaws.sqs#BatchRequestTooLong", (string?)body["__type"]);
    }

    [Fact]
    public async Task Request_TooLong_IsRefusedBeforeItsBodyIsSent()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Endpoint.Host, server.Endpoint.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nContent-Length: 100000000\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.Contains(" 413 ", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Request_WhoseBodyDoesNotCome_IsCutOff()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Endpoint.Host, server.Endpoint.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nContent-Length: 5000\r\n\r\n{"));
        using var reader = new StreamReader(stream);
        Assert.Contains(" 408 ", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task Request_ThatIsNoJson_IsASerializationError()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = new StringContent("{\"QueueUrl\":") };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.SendMessage");
        using var response = await server.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("SerializationException", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task LongPolls_ManyIdle_LeaveTheServerResponsive()
    {
        var idle = await server.CreateAsync();
        var polls = Enumerable.Range(0, 500).Select(_ => server.JsonAsync(
            "ReceiveMessage", new JsonObject { ["QueueUrl"] = idle, ["WaitTimeSeconds"] = 20 })).ToList();
        for (var i = 0; i < 50; i++) await SendAsync(idle, $"m{i}");
        var received = 0;
        while (received < 50)
        {
            var done = await Task.WhenAny(polls);
            polls.Remove(done);
            var (_, body) = await done;
            received += Assert.Single(body["Messages"]!.AsArray()) is null ? 0 : 1;
        }

        // Deleting the queue ends the other polls; on a busy machine one may come only then.
        await server.JsonAsync("DeleteQueue", new JsonObject { ["QueueUrl"] = idle });
        foreach (var (response, body) in await Task.WhenAll(polls))
            Assert.True(response.StatusCode == HttpStatusCode.OK
                || (string?)body["__type"] == "com.amazonaws.sqs#QueueDoesNotExist", $"{response.StatusCode}: {body}");
    }

    private Task<(HttpResponseMessage Response, JsonObject Body)> SendAsync(string url, string body)
        => server.JsonAsync("SendMessage", new JsonObject { ["QueueUrl"] = url, ["MessageBody"] = body });
}
