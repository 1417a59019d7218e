using Aspire.Hosting.AWS.CloudFormation;

namespace SetGet.AppHost;

/// <summary>The CloudFormation stacks in <c>aws/</c>.</summary>
internal static class IngestStack
{
    /// <summary>SQS and API Gateway as CloudFormation makes them from <c>aws/ingest.yaml</c>.</summary>
    public static void AddIngestStack(this IDistributedApplicationBuilder builder, params IResourceBuilder<ProjectResource>[] users)
    {
        var sdk = builder.AddAWSSDKConfig();
        var ingest = builder.AddStack("ingest").WithReference(sdk);
        foreach (var user in users)
            user.WithReference(sdk)
                .WithReference(ingest)
                .WithEnvironment("AWS__Resources__EventsQueueUrl", ingest.GetOutput("EventsQueueUrl"))
                .WithEnvironment("AWS__Resources__DeadLetterQueueUrl", ingest.GetOutput("DeadLetterQueueUrl"));
    }

    /// <summary>The Get side and the workers in AWS. It is published beside the ingest stack, and not needed where both run here.</summary>
    public static void AddServiceStack(this IDistributedApplicationBuilder builder) => builder.AddStack("service");

    private static IResourceBuilder<ICloudFormationTemplateResource> AddStack(this IDistributedApplicationBuilder builder, string name)
        => builder.AddAWSCloudFormationTemplate(name, builder.Template($"{name}.yaml"), stackName: $"setget-{name}");

    /// <summary>The template; when published, a copy of it beside the manifest, which is then whole in its folder.</summary>
    private static string Template(this IDistributedApplicationBuilder builder, string file)
    {
        var template = Path.Combine(builder.AppHostDirectory, "aws", file);
        if (!builder.ExecutionContext.IsPublishMode || builder.Configuration["Pipeline:OutputPath"] is not { Length: > 0 } output) return template;
        var folder = Path.GetFullPath(Path.HasExtension(output) ? Path.GetDirectoryName(output)! : output);
        Directory.CreateDirectory(folder);
        var copy = Path.Combine(folder, file);
        File.Copy(template, copy, overwrite: true);
        return copy;
    }
}
