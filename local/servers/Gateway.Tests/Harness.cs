using System.Text;
using Gateway.Access;
using Gateway.CloudFormation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests;

/// <summary>The gateway in this process, from a template, on a free port, before a service that only writes down its calls.</summary>
internal sealed class Harness : IAsyncDisposable
{
    private readonly WebApplication _server;

    private Harness(WebApplication server, List<ServiceRequest> calls)
    {
        _server = server;
        Calls = calls;
        Http = new HttpClient { BaseAddress = new Uri(server.Urls.First() + "/v1/") };
    }

    /// <summary>Its base address ends with the stage.</summary>
    public HttpClient Http { get; }

    public List<ServiceRequest> Calls { get; }

    public static async Task<Harness> StartAsync(string template, TimeProvider? time = null, params GivenApiKey[] keys)
    {
        var resolved = TemplateResolver.ResolveText(template, new TemplateContext { Identities = new ResourceIdentities("http://localhost:1") });
        var calls = new List<ServiceRequest>();
        Task<ServiceReply> Call(ServiceRequest call, CancellationToken cancellationToken)
        {
            calls.Add(call);
            var refused = Encoding.UTF8.GetString(call.Body).Contains("Nonsense", StringComparison.Ordinal);
            return Task.FromResult(new ServiceReply(refused ? 400 : 200, new Dictionary<string, string>(), []));
        }

        var server = GatewayServer.Build(0, [resolved], keys, Call, time ?? TimeProvider.System, NullLoggerFactory.Instance);
        await server.StartAsync();
        return new Harness(server, calls);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
    }
}
