using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace SetGet.Tests.Hosting;

/// <summary>The queues of the developer's own AWS account, with <c>--aws</c>.</summary>
public sealed class AwsAccountTests
{
    private const string Events = "https://sqs.eu-central-1.amazonaws.com/123456789012/setget-events";
    private const string DeadLetters = "https://sqs.eu-central-1.amazonaws.com/123456789012/setget-dead-letters";

    [Theory]
    [InlineData("EventsQueueUrl", "--AWS:Resources:DeadLetterQueueUrl=" + DeadLetters)]
    [InlineData("DeadLetterQueueUrl", "--AWS:Resources:EventsQueueUrl=" + Events)]
    public async Task Start_WithoutAnOutputOfTheStack_NamesItsKeyAndTheCommandThatPrintsIt(string missing, string given)
    {
        // Whatever the developer's own configuration has.
        await using var app = await (await CreateAsync(given, $"--AWS:Resources:{missing}=")).BuildAsync();

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync());

        Assert.StartsWith($"AWS:Resources:{missing} is not set", refused.Message, StringComparison.Ordinal);
        Assert.Contains("aws cloudformation describe-stacks --stack-name setget-ingest", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"AWS__Resources__{missing}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_WithTheOutputsGiven_HaveThemAndNoLocalServer()
    {
        await using var builder = await CreateAsync($"--AWS:Resources:EventsQueueUrl={Events}", $"--AWS:Resources:DeadLetterQueueUrl={DeadLetters}");
        var resources = builder.Resources;

        Assert.DoesNotContain(resources, resource => resource.Name == "aws");
        foreach (var name in new[] { "api", "worker" })
        {
            var environment = await OwnVariablesAsync(resources.OfType<ProjectResource>().Single(p => p.Name == name));
            Assert.Equal(Events, environment["AWS__Resources__EventsQueueUrl"]);
            Assert.Equal(DeadLetters, environment["AWS__Resources__DeadLetterQueueUrl"]);
            Assert.DoesNotContain("AWS_ENDPOINT_URL_SQS", environment.Keys);
        }
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args)
        => DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>(["--aws", .. args]);

    /// <summary>The variables about AWS: others need ports, which are there when the application has started.</summary>
    private static async Task<Dictionary<string, string?>> OwnVariablesAsync(ProjectResource project)
    {
        var context = new EnvironmentCallbackContext(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run), project);
        foreach (var callback in project.Annotations.OfType<EnvironmentCallbackAnnotation>()) await callback.Callback(context);
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables.Where(v => v.Key.StartsWith("AWS", StringComparison.Ordinal)))
            variables[name] = value is IValueProvider provider ? await provider.GetValueAsync() : value.ToString();
        return variables;
    }
}
