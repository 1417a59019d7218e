using System.Globalization;
using SetGet.Tests.Api;
using SetGet.Tests.Core;

namespace SetGet.Tests.Local.Gateway;

/// <summary>All of it: Redis, SQS, the gateway, a worker and the API, each a process or a server on a free port.</summary>
public sealed class BothWaysIn : IAsyncLifetime
{
    public const string Account = "acme";

    private StoreServer? _store;
    private ChildProcess? _aws;
    private ChildProcess? _worker;
    private RunningApi? _api;

    /// <summary>Calls the API, with the root key.</summary>
    public HttpClient Api => _api!.Root;

    /// <summary>Calls the gateway, with the key of <see cref="Account"/>.</summary>
    public HttpClient Gateway { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (ApiStack.StoreKind is not { } kind) return;
        _store = await StoreServer.StartAsync(kind);
        var (sqs, gateway) = (Loopback(StoreServer.FreePort()), Loopback(StoreServer.FreePort()));
        var template = Path.Combine(StoreServer.Folder, "SetGet.AppHost", "aws", "ingest.yaml");
        _aws = new ChildProcess(
            "Aws",
            $"--template '{template}' --port {sqs.Port} --gateway-port {gateway.Port} --api-key AccountApiKey={GatewayHarness.Key}:key1 "
            + "--parameter AccountRate=10000 --parameter AccountBurst=5000 --parameter ThrottleRate=10000",
            new Dictionary<string, string>());
        await _aws.IsReadyAsync(new Uri(gateway, "/health"));
        var settings = ApiStack.Settings(_store.ConnectionString, sqs);
        settings["SetGet:GatewayKeys:key1"] = Account;
        // The gateway does not know the limit, which is not what is compared here.
        settings["SetGet:Limits:MaxKeysPerEvent"] = "0";
        _worker = new ChildProcess("SetGet.Worker", "", settings.ToDictionary(each => each.Key.Replace(":", "__", StringComparison.Ordinal), each => each.Value));
        _api = await RunningApi.StartAsync(settings);
        Gateway.BaseAddress = new Uri(gateway, "/v1/");
        Gateway.DefaultRequestHeaders.Add("X-Api-Key", GatewayHarness.Key);
    }

    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        if (_api is not null) await _api.DisposeAsync();
        if (_worker is not null) await _worker.DisposeAsync();
        if (_aws is not null) await _aws.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
    }

    private static Uri Loopback(int port) => new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
}

/// <summary>The classes that share it.</summary>
[CollectionDefinition(Name), Needs(Needs.Stack)]
public sealed class BothWaysInCollection : ICollectionFixture<BothWaysIn>
{
    public const string Name = "both ways in";
}
