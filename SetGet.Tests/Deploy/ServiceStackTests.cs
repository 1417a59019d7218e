using System.Text.Json;
using System.Text.Json.Nodes;
using SetGet.Api.Ops;
using SetGet.Tests.Deploy.Checking;
using StackExchange.Redis;

namespace SetGet.Tests.Deploy;

/// <summary>What service.yaml hands to the programs: arguments, addresses, the collector's configuration, the charts.</summary>
public sealed class ServiceStackTests
{
    [Fact]
    public void GatewayKeys_EachPair_IsOneArgumentOfConfiguration()
    {
        var stack = ServiceStack.Resolve(("GatewayKeys", "a1b2c3d4e5=acme,f6g7h8i9j0=globex"));

        var command = ServiceStack.Container(stack, "WorkerTaskDefinition")["Command"]!.Deserialize<string[]>()!;

        var configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder();
        Microsoft.Extensions.Configuration.CommandLineConfigurationExtensions.AddCommandLine(configuration, command);
        var keys = configuration.Build().GetSection("SetGet:GatewayKeys").GetChildren().ToDictionary(key => key.Key, key => key.Value);
        Assert.Equal(new() { ["a1b2c3d4e5"] = "acme", ["f6g7h8i9j0"] = "globex" }, keys);
    }

    [Fact]
    public void GatewayKeys_OfALambda_AreTheSameArguments()
    {
        (string, string) keys = ("GatewayKeys", "a1b2c3d4e5=acme,f6g7h8i9j0=globex");

        var service = ServiceStack.Container(ServiceStack.Resolve(keys), "WorkerTaskDefinition")["Command"];
        var function = ServiceStack.Resolve(keys, ("WorkerMode", "lambda")).Resources["WorkerFunction"].Properties["ImageConfig"]!["Command"];

        Assert.True(JsonNode.DeepEquals(service, function));
    }

    [Fact]
    public void GatewayKeys_None_AreNoArguments()
        => Assert.Null(ServiceStack.Container(ServiceStack.Resolve(), "WorkerTaskDefinition")["Command"]);

    [Theory]
    [InlineData("replication-group", "ReplicationGroup.PrimaryEndPoint.Address")]
    [InlineData("serverless", "ServerlessCache.Endpoint.Address")]
    public void RedisConnection_IsWhatTheClientReads(string cacheType, string address)
    {
        var text = ServiceStack.Text(ServiceStack.Resolve(("CacheType", cacheType)), "RedisConnectionSecret", "SecretString");

        var options = ConfigurationOptions.Parse(text.Replace("{{resolve:secretsmanager:CachePasswordSecret:SecretString}}", "Secret0", StringComparison.Ordinal));

        Assert.Equal($"{address}:6379", Assert.IsType<System.Net.DnsEndPoint>(Assert.Single(options.EndPoints)) is var endPoint ? $"{endPoint.Host}:{endPoint.Port}" : "");
        Assert.Equal(("Secret0", true, false), (options.Password, options.Ssl, options.AbortOnConnectFail));
    }

    [Theory]
    [InlineData("ApiTaskDefinition")]
    [InlineData("WorkerTaskDefinition")]
    public void Task_QueueUrls_AreThoseOfIngest(string task)
    {
        var environment = ServiceStack.Container(ServiceStack.Resolve(), task)["Environment"]!.AsArray().ToDictionary(entry => (string)entry!["Name"]!, entry => (string)entry!["Value"]!);

        Assert.Equal("https://sqs.us-east-1.amazonaws.com/000000000000/setget-events", environment["AWS__Resources__EventsQueueUrl"]);
        Assert.Equal("https://sqs.us-east-1.amazonaws.com/000000000000/setget-dead-letters", environment["AWS__Resources__DeadLetterQueueUrl"]);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("https://abc.execute-api.us-east-1.amazonaws.com/v1", "https://abc.execute-api.us-east-1.amazonaws.com/v1")]
    public void GatewayUrl_OfTheStack_IsWhatOpsShows(string given, string? shown)
    {
        var environment = ServiceStack.Container(ServiceStack.Resolve(("GatewayUrl", given)), "ApiTaskDefinition")["Environment"]!.AsArray();

        var url = (string)Assert.Single(environment, entry => (string)entry!["Name"]! == "SetGet__Ops__GatewayUrl")!["Value"]!;
        var options = new OpsOptions { GatewayUrl = url };
        Assert.Equal(shown, options.Gateway);
        Assert.True(new OpsOptionsValidator().Validate(null, options).Succeeded);
    }

    [Theory]
    [InlineData("disabled", "", "")]
    [InlineData("enabled", "", "")]
    [InlineData("enabled", "arn:aws:acm:us-east-1:000000000000:certificate/x", "setget.example.com")]
    public void Collector_Configuration_IsWhole(string dashboard, string certificate, string domain)
    {
        var stack = ServiceStack.Resolve(("AspireDashboard", dashboard), ("CertificateArn", certificate), ("DomainName", domain));

        var configuration = TemplateFile.Parse(ServiceStack.Text(stack, "CollectorConfig", "Value")).Root;

        var pipelines = configuration["service"]!["pipelines"]!.Entries;
        foreach (var (name, pipeline) in pipelines)
            foreach (var part in (string[])["receivers", "processors", "exporters"])
                Assert.All(pipeline[part]!.Items, item => Assert.True(configuration[part]![item.Text!] is not null, $"{name}: no {part} '{item.Text}'"));
        Assert.Equal(dashboard == "enabled" ? 5 : 2, pipelines.Count);
        var exporter = configuration["exporters"]!["otlphttp/dashboard"];
        Assert.Equal(dashboard == "enabled", exporter is not null);
        if (exporter is null) return;
        Assert.Equal($"https://{(domain.Length > 0 ? domain : "LoadBalancer.DNSName")}:18890", exporter["endpoint"]!.Text);
        Assert.Equal("${env:DASHBOARD_OTLP_KEY}", exporter["headers"]!["x-otlp-api-key"]!.Text);
        Assert.Equal(domain.Length > 0 ? null : ServiceStack.Pem, exporter["tls"]!["ca_pem"]?.Text);
    }

    [Theory]
    [InlineData("fargate", "replication-group")]
    [InlineData("lambda", "serverless")]
    public void Charts_Body_IsJsonWithAMetricInEachWidget(string worker, string cache)
    {
        var stack = ServiceStack.Resolve(("WorkerMode", worker), ("CacheType", cache));

        var widgets = JsonNode.Parse(ServiceStack.Text(stack, "Charts", "DashboardBody"))!["widgets"]!.AsArray();

        Assert.Equal(8, widgets.Count);
        Assert.All(widgets, widget => Assert.NotEmpty(widget!["properties"]!["metrics"]!.AsArray()));
    }

    [Fact]
    public void WorkerScaling_TracksTheBacklogOfEachTask()
    {
        var policy = ServiceStack.Resolve().Resources["WorkerScalingByBacklog"].Properties["TargetTrackingScalingPolicyConfiguration"]!;

        var metrics = policy["CustomizedMetricSpecification"]!["Metrics"]!.AsArray();

        Assert.Equal("FILL(waiting, 0) / tasks", (string)Assert.Single(metrics, metric => (bool)metric!["ReturnData"]!)!["Expression"]!);
        Assert.Equal(["ApproximateNumberOfMessagesVisible", "RunningTaskCount"],
            metrics.Where(metric => metric!["MetricStat"] is not null).Select(metric => (string)metric!["MetricStat"]!["Metric"]!["MetricName"]!));
    }

    /// <summary>Where tasks keep up nothing waits: by the backlog alone they would be taken away.</summary>
    [Fact]
    public void WorkerScaling_TracksTheProcessorToo()
    {
        var properties = ServiceStack.Resolve().Resources["WorkerScalingByCpu"].Properties;

        var policy = properties["TargetTrackingScalingPolicyConfiguration"]!;
        Assert.Equal("ECSServiceAverageCPUUtilization", (string)policy["PredefinedMetricSpecification"]!["PredefinedMetricType"]!);
        Assert.InRange(policy["TargetValue"]!.GetValue<long>(), 50, 75);
    }
}
