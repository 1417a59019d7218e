using Aspire.Hosting.AWS.CloudFormation;

namespace SetGet.AppHost;

/// <summary>SQS and API Gateway as CloudFormation makes them from <c>aws/ingest.yaml</c>.</summary>
internal static class IngestStack
{
    public static IResourceBuilder<ICloudFormationTemplateResource> AddIngestStack(
        this IDistributedApplicationBuilder builder,
        params IResourceBuilder<ProjectResource>[] users)
    {
        var sdk = builder.AddAWSSDKConfig();
        var ingest = builder.AddAWSCloudFormationTemplate(
                "ingest",
                Path.Combine(builder.AppHostDirectory, "aws", "ingest.yaml"),
                stackName: "setget-ingest")
            .WithReference(sdk);
        foreach (var user in users)
            user.WithReference(sdk)
                .WithReference(ingest)
                .WithEnvironment("AWS__Resources__EventsQueueUrl", ingest.GetOutput("EventsQueueUrl"))
                .WithEnvironment("AWS__Resources__DeadLetterQueueUrl", ingest.GetOutput("DeadLetterQueueUrl"));
        return ingest;
    }

    /// <summary>The Get side and the workers in AWS. It is published beside the ingest stack, and not needed where both run here.</summary>
    public static IResourceBuilder<ICloudFormationTemplateResource> AddServiceStack(this IDistributedApplicationBuilder builder)
        => builder.AddAWSCloudFormationTemplate(
            "service",
            Path.Combine(builder.AppHostDirectory, "aws", "service.yaml"),
            stackName: "setget-service");
}
