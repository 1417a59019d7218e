using System.Globalization;
using SetGet.Tests.Api;
using SetGet.Tests.Core;
using SetGet.Tests.EndToEnd;
using SetGet.Tests.Local.Gateway;

namespace SetGet.Tests.ServiceDefaults;

/// <summary>
/// Redis, SQS, the gateway, the API and a worker as processes on free ports, with the variables that an app host gives its projects in
/// Development. Not under the app host, which ends its projects before they have told everything, and takes five times as long.
/// </summary>
internal sealed class TelemetryStack : IAsyncDisposable
{
    internal const string Account = "acme";
    internal const string RedisPassword = "a+password/of=redis";
    internal const string AwsSecret = "an/AWS+secret/access=key";

    private readonly StoreServer _store;
    private readonly ChildProcess _aws;
    private readonly Dictionary<string, string> _settings;
    private readonly List<ChildProcess> _started;
    private ChildProcess? _api;
    private ChildProcess? _worker;

    private TelemetryStack(StoreServer store, ChildProcess aws, Uri sqs, string collector)
    {
        (_store, _aws, Sqs) = (store, aws, sqs);
        _started = [aws];
        _settings = ApiStack.Settings(store.ConnectionString, sqs);
        _settings["SetGet:RootKey"] = Sending.RootKey;
        _settings["AWS_SECRET_ACCESS_KEY"] = AwsSecret;
        _settings["SetGet:GatewayKeys:key1"] = Account;
        _settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        _settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        _settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        _settings["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=" + OtlpCollector.Key;
        _settings["OTEL_TRACES_SAMPLER"] = "always_on";
        _settings["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        _settings["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        _settings["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        _settings["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
    }

    internal HttpClient Api { get; } = NewClient();

    internal HttpClient Gateway { get; } = NewClient();

    internal Uri Sqs { get; }

    /// <summary>What its processes have written.</summary>
    internal string Said => string.Join('\n', _started.Select(process => process.Output));

    internal string EventsQueueUrl => $"{Sqs}000000000000/setget-events";

    /// <summary>All but a worker.</summary>
    internal static async Task<TelemetryStack> StartAsync(string storeKind, string collector)
    {
        var store = await StoreServer.StartAsync(storeKind, password: RedisPassword);
        var (sqs, gateway, api) = (Local(), Local(), Local());
        var template = Path.Combine(GatewayHarness.Templates, "ingest.yaml");
        var aws = new ChildProcess(
            "Aws", $"--template '{template}' --port {sqs.Port} --gateway-port {gateway.Port} --api-key AccountApiKey={GatewayHarness.Key}:key1", new Dictionary<string, string>());
        await aws.IsReadyAsync(new Uri(gateway, "/health"));
        var stack = new TelemetryStack(store, aws, sqs, collector);
        stack._api = stack.Start("SetGet.Api", "api", TimeSpan.FromSeconds(1), $"--urls {api}");
        await stack._api.IsReadyAsync(new Uri(api, "/health"));
        stack.Api.BaseAddress = api;
        stack.Api.DefaultRequestHeaders.Add("X-Api-Key", Sending.RootKey);
        stack.Gateway.BaseAddress = new Uri(gateway, "/v1/");
        stack.Gateway.DefaultRequestHeaders.Add("X-Api-Key", GatewayHarness.Key);
        return stack;
    }

    internal void StartWorker(TimeSpan exportEvery) => _worker = Start("SetGet.Worker", "worker", exportEvery, "");

    /// <summary>By SIGTERM; returns when it has ended.</summary>
    internal async Task StopWorkerAsync()
    {
        if (_worker is not null) await _worker.DisposeAsync();
        _worker = null;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        Gateway.Dispose();
        await StopWorkerAsync();
        if (_api is not null) await _api.DisposeAsync();
        await _aws.DisposeAsync();
        await _store.DisposeAsync();
    }

    /// <summary>Its calls belong to no trace, also while other tests of this process trace.</summary>
    private static HttpClient NewClient() => new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    private static Uri Local() => new($"http://localhost:{StoreServer.FreePort().ToString(CultureInfo.InvariantCulture)}");

    private ChildProcess Start(string assembly, string name, TimeSpan exportEvery, string arguments)
    {
        var environment = _settings.ToDictionary(each => each.Key.Replace(":", "__", StringComparison.Ordinal), each => each.Value);
        environment["OTEL_SERVICE_NAME"] = name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={name}-1";
        foreach (var key in new[] { "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL" })
            environment[key] = exportEvery.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var process = new ChildProcess(assembly, arguments, environment);
        _started.Add(process);
        return process;
    }
}
