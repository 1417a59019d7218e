using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SetGet.Benchmarks.Sqs;

/// <summary>
/// Raw HTTP in the JSON protocol, the same for every server: requests are written once and sent as they are; of an answer
/// only what the next request needs is read.
/// </summary>
internal sealed class SqsLoad
{
    internal const int BatchSize = 10;
    internal const int BodyBytes = 1024;

    private static readonly MediaTypeHeaderValue Json10 = new("application/x-amz-json-1.0");

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly string _queueUrl;
    private readonly byte[] _send;
    private readonly byte[] _receive;

    private SqsLoad(HttpClient http, Uri endpoint, string queueUrl)
    {
        _http = http;
        _endpoint = endpoint;
        _queueUrl = queueUrl;
        var body = new string('x', BodyBytes);
        var entries = Enumerable.Range(0, BatchSize).Select(i => (JsonNode)new JsonObject { ["Id"] = $"{i}", ["MessageBody"] = body });
        _send = Encoding.UTF8.GetBytes(new JsonObject { ["QueueUrl"] = queueUrl, ["Entries"] = new JsonArray([.. entries]) }.ToJsonString());
        _receive = Encoding.UTF8.GetBytes(
            new JsonObject { ["QueueUrl"] = queueUrl, ["MaxNumberOfMessages"] = BatchSize, ["VisibilityTimeout"] = 600 }.ToJsonString());
    }

    internal static async Task<SqsLoad> OpenAsync(HttpClient http, Uri endpoint, CancellationToken cancellationToken)
    {
        var request = new JsonObject { ["QueueName"] = "benchmark", ["Attributes"] = new JsonObject { ["VisibilityTimeout"] = "600" } };
        using var response = await PostAsync(http, endpoint, "CreateQueue", Encoding.UTF8.GetBytes(request.ToJsonString()), cancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return new SqsLoad(http, endpoint, (string)answer["QueueUrl"]!);
    }

    /// <summary>Sends messages in batches of ten from so many connections; answers messages per second.</summary>
    internal Task<double> SendAsync(int messages, int connections, CancellationToken cancellationToken)
    {
        var left = messages / BatchSize;
        return RateAsync(messages, connections, async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var response = await PostAsync(_http, _endpoint, "SendMessageBatch", _send, cancellationToken);
                var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                if (answer.AsSpan().IndexOf("\"Failed\":[{"u8) >= 0)
                    throw new InvalidOperationException("A message was refused: " + Encoding.UTF8.GetString(answer));
            }
        });
    }

    /// <summary>Receives and deletes in batches of ten until that many are gone; answers messages per second.</summary>
    internal Task<double> ReceiveAndDeleteAsync(int messages, int connections, CancellationToken cancellationToken)
    {
        var left = messages;
        return RateAsync(messages, connections, async () =>
        {
            while (Volatile.Read(ref left) > 0)
            {
                using var response = await PostAsync(_http, _endpoint, "ReceiveMessage", _receive, cancellationToken);
                var handles = Handles(await response.Content.ReadAsByteArrayAsync(cancellationToken));
                if (handles.Count == 0)
                    continue;
                using var deleted = await PostAsync(_http, _endpoint, "DeleteMessageBatch", DeleteBody(handles), cancellationToken);
                await deleted.Content.CopyToAsync(Stream.Null, cancellationToken);
                Interlocked.Add(ref left, -handles.Count);
            }
        });
    }

    private static async Task<double> RateAsync(int messages, int connections, Func<Task> work)
    {
        var start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(work)));
        return messages / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private byte[] DeleteBody(List<string> handles)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("QueueUrl", _queueUrl);
            json.WriteStartArray("Entries");
            for (var i = 0; i < handles.Count; i++)
            {
                json.WriteStartObject();
                json.WriteString("Id", i.ToString());
                json.WriteString("ReceiptHandle", handles[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static List<string> Handles(ReadOnlySpan<byte> answer)
    {
        var handles = new List<string>(BatchSize);
        var json = new Utf8JsonReader(answer);
        while (json.Read())
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("ReceiptHandle"u8) && json.Read())
                handles.Add(json.GetString()!);
        return handles;
    }

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient http, Uri endpoint, string operation, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json10;
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "AmazonSQS." + operation);
        // Servers read the region from it; none checks the signature.
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0");
        var response = await http.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? response
            : throw new InvalidOperationException($"{operation}: {response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
