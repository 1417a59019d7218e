using System.Text;
using System.Text.Json.Nodes;

namespace SetGet.Benchmarks.Sqs;

/// <summary>Requests of the JSON protocol as the bytes that go over the network, the same for every server.</summary>
internal static class SqsRequests
{
    /// <summary>A request that is always the same.</summary>
    internal static byte[] Of(string operation, JsonObject body) => Encoding.UTF8.GetBytes(Head(operation, body.ToJsonString().Length) + body.ToJsonString());

    internal static byte[] SendBatch(string queueUrl, int messages, int bodyBytes)
    {
        var body = new string('x', bodyBytes);
        var entries = Enumerable.Range(0, messages).Select(i => (JsonNode)new JsonObject { ["Id"] = $"{i}", ["MessageBody"] = body });
        return Of("SendMessageBatch", new JsonObject { ["QueueUrl"] = queueUrl, ["Entries"] = new JsonArray([.. entries]) });
    }

    internal static byte[] Receive(string queueUrl, int messages)
        => Of("ReceiveMessage", new JsonObject { ["QueueUrl"] = queueUrl, ["MaxNumberOfMessages"] = messages, ["VisibilityTimeout"] = 600 });

    /// <summary>What every request begins with. Servers read the region from the signature; none checks it.</summary>
    internal static string Head(string operation, int length)
        => "POST / HTTP/1.1\r\n"
        + "Host: 127.0.0.1\r\n"
        + "Content-Type: application/x-amz-json-1.0\r\n"
        + $"X-Amz-Target: AmazonSQS.{operation}\r\n"
        + "Authorization: AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0\r\n"
        + $"Content-Length: {length}\r\n\r\n";
}
