using System.Net.Http.Json;
using SetGet.Benchmarks.Http;
using SetGet.Benchmarks.Peers;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Set;

/// <summary>The API, the gateway, and a peer that accepts as a team would by hand, on one backbone.</summary>
internal sealed class SetStack(Backbone backbone, Server api, string apiUrl) : IDisposable
{
    /// <summary>A webhook of 1 KB.</summary>
    internal static string Data { get; } =
        $$"""{"type":"order.created","id":"ord_1029384756","customer":{"id":"cus_48213"},"tags":["new"],"note":"{{new string('x', 900)}}"}""";

    /// <summary>The body of <c>POST /set</c> with that data.</summary>
    internal static string SetBody { get; } = $$"""{"accountId":"acme","flowId":"orders","webhookKeys":["order-1"],"data":{{Data}}}""";

    internal static async Task<SetStack> StartAsync(CancellationToken cancellationToken)
    {
        var backbone = await Backbone.StartAsync(cancellationToken);
        try
        {
            var (api, url) = await backbone.StartServiceAsync("SetGet.Api", cancellationToken);
            return new SetStack(backbone, backbone.Add(api), url);
        }
        catch
        {
            backbone.Dispose();
            throw;
        }
    }

    internal HttpTarget Api(string name, string path, string body) => new(name, api, apiUrl + path, "X-Api-Key: " + Backbone.RootKey, body);

    internal HttpTarget Gateway() => new("gateway", backbone.Aws, backbone.GatewayUrl + "/v1/set", "X-Api-Key: " + Backbone.GatewayKey, SetBody);

    /// <summary>Node's own HTTP server, and the AWS SDK for JavaScript: one call a request, answered once SQS has it.</summary>
    internal async Task<HttpTarget> AddNodeAsync(CancellationToken cancellationToken)
    {
        var url = $"http://127.0.0.1:{Server.FreePort()}";
        string[] arguments = [await NodePeer.ScriptAsync("accept.mjs", cancellationToken), $"{new Uri(url).Port}", backbone.SqsUrl, backbone.QueueUrl];
        var server = await Server.StartAsync(
            NodePeer.Node(), arguments, Server.Answers(backbone.Http, url), cancellationToken, new Dictionary<string, string> { ["NODE_ENV"] = "production" });
        return new HttpTarget("node:http, @aws-sdk/client-sqs", backbone.Add(server), url + "/set", Body: SetBody);
    }

    /// <summary>Gives a flow key rules.</summary>
    internal async Task SetRulesAsync(string flow, string[] keyRules, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{apiUrl}/accounts/acme/flows/{flow}/source") { Content = JsonContent.Create(new { keyRules }) };
        request.Headers.Add("X-Api-Key", Backbone.RootKey);
        using var answer = await backbone.Http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Nobody takes the messages: they are thrown away between the rounds.</summary>
    internal Task PurgeAsync() => backbone.PurgeAsync();

    public void Dispose() => backbone.Dispose();
}
