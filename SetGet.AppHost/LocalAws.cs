namespace SetGet.AppHost;

/// <summary>SQS and API Gateway on this machine, played by <c>local/servers/Aws</c> from the template that is deployed.</summary>
internal static class LocalAws
{
    private const int SqsPort = 5082;
    private const int GatewayPort = 5081;
    private const string Account = "000000000000";

    /// <summary>The template's API key. A template cannot hold its value: here it is <c>dev-gateway-key</c>, of the account <c>acme</c>.</summary>
    private const string GatewayKey = "AccountApiKey";

    public static void AddLocalAws(
        this IDistributedApplicationBuilder builder, bool invokesWorkers, IResourceBuilder<ProjectResource> api,
            IReadOnlyList<IResourceBuilder<ProjectResource>> workers)
    {
        var aws = builder.AddExecutable("aws", "dotnet", builder.AppHostDirectory, "exec", new Projects.Aws().Program())
            .WithHttpEndpoint(port: builder.Port("sqs", SqsPort), name: "sqs")
            .WithHttpEndpoint(port: builder.Port("gateway", GatewayPort), name: "gateway")
            .WithHttpHealthCheck("/health", endpointName: "sqs")
            .WithHttpHealthCheck("/health", endpointName: "gateway")
            .WithOperatorTools(Account);
        var sqs = aws.GetEndpoint("sqs");
        aws.WithArgs(
            "--template", Path.Combine(builder.AppHostDirectory, "aws", "ingest.yaml"),
            "--port", sqs.Property(EndpointProperty.TargetPort),
            "--gateway-port", aws.GetEndpoint("gateway").Property(EndpointProperty.TargetPort),
            "--api-key", GatewayKey + "=dev-gateway-key",
            // The deployed limits of a small account would only be in a developer's way.
            "--parameter", "AccountRate=10000",
            "--parameter", "AccountBurst=5000",
            "--parameter", "ThrottleRate=10000",
            "--parameter", "ThrottleBurst=5000",
            "--parameter", "SignedRate=10000",
            "--parameter", "SignedBurst=5000",
            "--data", builder.DataFolder("aws"));
        foreach (var user in workers.Append(api))
            user.WithReference(sqs)
                .WithEnvironment("AWS_ENDPOINT_URL_SQS", sqs)
                .WithEnvironment("AWS_ACCESS_KEY_ID", "local")
                .WithEnvironment("AWS_SECRET_ACCESS_KEY", "local")
                .WithEnvironment("AWS_REGION", "us-east-1")
                .WithEnvironment("SetGet__GatewayKeys__" + GatewayKey, "acme")
                .WithEnvironment("AWS__Resources__EventsQueueUrl", $"{sqs}/{Account}/setget-events")
                .WithEnvironment("AWS__Resources__DeadLetterQueueUrl", $"{sqs}/{Account}/setget-dead-letters");
        // Where the page of a flow says that senders post to.
        api.WithEnvironment("SetGet__Ops__GatewayUrl", $"{aws.GetEndpoint("gateway")}/v1");
        if (invokesWorkers) aws.Invoke(workers);
    }

    /// <summary>
    /// Lets the queue invoke the workers, as an event source mapping does in AWS, instead of having them poll it. Timeout and
    /// batch are what <c>aws/service.yaml</c> gives the function.
    /// </summary>
    private static void Invoke(this IResourceBuilder<ExecutableResource> aws, IEnumerable<IResourceBuilder<ProjectResource>> workers)
    {
        aws.WithHttpEndpoint(name: "lambda");
        var runtimeApi = aws.GetEndpoint("lambda");
        aws.WithArgs("--lambda-port", runtimeApi.Property(EndpointProperty.TargetPort), "--lambda-queue", "setget-events", "--lambda-timeout", "10");
        foreach (var worker in workers)
            worker.WithEnvironment("AWS_LAMBDA_RUNTIME_API", $"{runtimeApi.Property(EndpointProperty.HostAndPort)}");
    }
}
