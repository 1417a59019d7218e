using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS;
using SetGet.Core.Queues;
using SetGet.Tests.Api;
using SetGet.Tests.Core;

namespace SetGet.Tests.Campaign.Parts;

/// <summary>
/// All of SetGet as processes: two APIs, two workers, SQS with its gateway, Redis. Between them and SQS, and them and Redis, wires that can be cut.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    internal const string RootKey = "campaign-root-key";

    private readonly List<IAsyncDisposable> _owned = [];

    private World(CampaignSettings settings, DirectoryInfo folder)
    {
        Settings = settings;
        Folder = folder;
    }

    internal CampaignSettings Settings { get; }

    /// <summary>Logs and data. It is left where something broke.</summary>
    internal DirectoryInfo Folder { get; }

    internal RedisSide Redis { get; private set; } = null!;

    internal Part Sqs { get; private set; } = null!;

    internal Wire SqsWire { get; private set; } = null!;

    internal SqsDoor SqsDoor { get; private set; } = null!;

    internal IReadOnlyList<ApiDoor> Apis { get; private set; } = [];

    internal IReadOnlyList<Part> Workers { get; private set; } = [];

    internal Uri Gateway { get; private set; } = null!;

    /// <summary>SQS without wire and door: for what the campaign itself does.</summary>
    internal AmazonSQSClient DirectSqs { get; private set; } = null!;

    internal string EventsUrl { get; private set; } = null!;

    /// <summary>The events queue, as directly.</summary>
    internal Queue Events { get; private set; } = null!;

    /// <summary>Where SQS keeps its messages: a small file system of its own, where the machine allows to mount one.</summary>
    internal SmallDisk SqsDisk { get; private set; } = null!;

    /// <summary>Everything that should run.</summary>
    internal IEnumerable<Part> Parts => [.. Redis?.Nodes.Select(node => node.Part) ?? [], .. Sqs is { } sqs ? [sqs] : Array.Empty<Part>(), .. Apis.Select(api => api.Part), .. Workers];

    internal static async Task<World> StartAsync(CampaignSettings settings, CancellationToken cancellationToken)
    {
        var world = new World(settings, Directory.CreateTempSubdirectory("setget-campaign-"));
        try
        {
            await world.StartBackboneAsync(cancellationToken);
            await world.StartServicesAsync(cancellationToken);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    internal async Task StartSqsAsync(CancellationToken cancellationToken)
    {
        await Sqs.StartAsync();
        await Answers.IsReadyAsync(new Uri(Gateway, "/health"), cancellationToken, Sqs);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Parts) await part.KillAsync();
        foreach (var owned in Enumerable.Reverse(_owned)) await owned.DisposeAsync();
        DirectSqs?.Dispose();
    }

    private async Task StartBackboneAsync(CancellationToken cancellationToken)
    {
        Own(Redis = await RedisSide.StartAsync(Settings.Redis, Folder.FullName, cancellationToken));
        Own(SqsDisk = await SmallDisk.CreateAsync(Path.Combine(Folder.FullName, "sqs"), cancellationToken));
        var (sqs, gateway) = (StoreServer.FreePort(), StoreServer.FreePort());
        Gateway = Local(gateway);
        var template = Settings.Template ?? Path.Combine(StoreServer.Folder, "SetGet.AppHost", "aws", "ingest.yaml");
        var unlimited = string.Join(' ', GatewayLimits.Select(name => $"--parameter {name}Rate=10000 --parameter {name}Burst=5000"));
        var keys = string.Join(' ', Accounts.All.Select((account, at) => "--api-key " + account.GatewayKey(at == 0)));
        Sqs = new Part(
            "sqs",
            $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Aws.dll")}' --template '{template}' --port {sqs} --gateway-port {gateway} --data '{SqsDisk.Folder}' "
                + $"--compact-at 33554432 {keys} {unlimited}",
            new Dictionary<string, string>(), LogOf("sqs"));
        await StartSqsAsync(cancellationToken);
        DirectSqs = new AmazonSQSClient(
            new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = Local(sqs).ToString(), AuthenticationRegion = "us-east-1" });
        EventsUrl = Local(sqs) + "000000000000/setget-events";
        Events = new Queue(DirectSqs, EventsUrl);
        Own(SqsDoor = await SqsDoor.StartAsync(Local(sqs), Settings.Seed));
        Own(SqsWire = new Wire(SqsDoor.Port, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }

    private async Task StartServicesAsync(CancellationToken cancellationToken)
    {
        var settings = ApiStack.Settings(Redis.ConnectionString, Local(SqsWire.Port));
        settings["SetGet:RootKey"] = RootKey;
        settings["SetGet:History:MaxEventsPerKey"] = "100000";
        settings["Logging:LogLevel:Default"] = "Warning";
        foreach (var account in Accounts.All) settings["SetGet:GatewayKeys:" + account.GatewayKeyId] = account.Id;
        // A killed worker's messages come back after five seconds, and what failed soon: a campaign is short.
        settings["SetGet:Worker:VisibilitySeconds"] = "5";
        settings["SetGet:Worker:HeartbeatSeconds"] = "2";
        settings["SetGet:Worker:RetrySeconds"] = "1";
        settings["SetGet:Worker:MaxRetrySeconds"] = "4";
        Apis = [.. Enumerable.Range(1, Settings.Services).Select(number => new ApiDoor(Service("SetGet.Api", $"api-{number}", settings, out var address), address))];
        Workers = [.. Enumerable.Range(1, Settings.Services).Select(number => Service("SetGet.Worker", $"worker-{number}", settings, out _))];
        foreach (var worker in Workers) await worker.StartAsync();
        foreach (var api in Apis) await api.StartAsync(cancellationToken);
    }

    private Part Service(string assembly, string name, Dictionary<string, string> settings, out Uri address)
    {
        address = Local(StoreServer.FreePort());
        var environment = settings.ToDictionary(each => each.Key.Replace(":", "__", StringComparison.Ordinal), each => each.Value);
        environment["ASPNETCORE_URLS"] = address.ToString();
        environment["DOTNET_gcServer"] = "0";
        foreach (var (key, value) in Clock.EnvironmentFor(Folder.FullName, name)) environment[key] = value;
        var binaries = name.EndsWith("-2", StringComparison.Ordinal) ? Settings.Beside ?? Settings.Binaries : Settings.Binaries;
        return new Part(name, $"dotnet '{Path.Combine(binaries, assembly + ".dll")}'", environment, LogOf(name));
    }

    private static readonly string[] GatewayLimits = ["Account", "Throttle", "Signed"];

    private string LogOf(string name) => Path.Combine(Folder.FullName, name + ".log");

    private static Uri Local(int port) => new("http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture));

    private void Own(IAsyncDisposable part) => _owned.Add(part);
}
