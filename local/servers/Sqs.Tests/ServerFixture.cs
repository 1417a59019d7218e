using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sqs.Tests;

/// <summary>The server in this process, on a free port, in memory; with raw clients of both protocols.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly LocalSqs _sqs = new(new SqsOptions(), NullLogger.Instance);

    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1000 });

    public Uri Endpoint => _sqs.Address!;

    public ValueTask InitializeAsync() => new(_sqs.StartAsync(0, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _sqs.DisposeAsync();
    }

    /// <summary>A call of the JSON protocol.</summary>
    public async Task<(HttpResponseMessage Response, JsonObject Body)> JsonAsync(string operation, JsonObject request, string path = "/")
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Endpoint, path))
        {
            Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        message.Headers.Add("X-Amz-Target", "AmazonSQS." + operation);
        var response = await Http.SendAsync(message);
        return (response, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>A call of the Query protocol.</summary>
    public async Task<(HttpResponseMessage Response, XElement Body)> QueryAsync(string path, params (string Name, string Value)[] parameters)
    {
        using var form = new FormUrlEncodedContent(parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        var response = await Http.PostAsync(new Uri(Endpoint, path), form);
        return (response, XElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>A new queue's URL.</summary>
    public async Task<string> CreateAsync(string? name = null, JsonObject? attributes = null)
    {
        var request = new JsonObject { ["QueueName"] = name ?? $"q-{Guid.NewGuid():N}", ["Attributes"] = attributes };
        var (_, body) = await JsonAsync("CreateQueue", request);
        return (string)body["QueueUrl"]!;
    }
}
