using Amazon.Runtime.Internal;
using Amazon.SQS;
using Amazon.SQS.Model;
using static SetGet.Tests.Packages.Sqs.ScriptedSqs;

namespace SetGet.Tests.Packages.Sqs;

/// <summary>Environment variables belong to the whole process: these tests run alone.</summary>
[CollectionDefinition(nameof(SqsEnvironmentTests), DisableParallelization = true)]
public sealed class SqsEnvironmentCollection;

[Collection(nameof(SqsEnvironmentTests))]
public sealed class SqsEnvironmentTests
{
    [Theory]
    [InlineData("AWS_ENDPOINT_URL_SQS")]
    [InlineData("AWS_ENDPOINT_URL")]
    public async Task Client_NoArguments_TakesAllFromTheEnvironment(string endpointVariable)
    {
        await using var sqs = await StartAsync(new Answer("""{"QueueUrl":"u"}"""));
        using var environment = new Variables(
            (endpointVariable, sqs.Url), ("AWS_REGION", "ap-southeast-2"), ("AWS_ACCESS_KEY_ID", "from-env"), ("AWS_SECRET_ACCESS_KEY", "secret"));
        using var client = new AmazonSQSClient();
        Assert.Equal("u", (await client.GetQueueUrlAsync("q")).QueueUrl);
        Assert.Matches("Credential=from-env/[0-9]{8}/ap-southeast-2/sqs/", sqs.Requests.Single().Headers["Authorization"]);
    }

    [Fact]
    public void Client_ServiceUrlInConfig_WinsOverTheEnvironment()
    {
        using var environment = new Variables(("AWS_ENDPOINT_URL_SQS", "http://localhost:1"));
        using var client = new AmazonSQSClient("id", "secret", new AmazonSQSConfig { ServiceURL = "http://localhost:2" });
        Assert.Equal("http://localhost:2/", client.DetermineServiceOperationEndpoint(new SendMessageRequest()).URL);
    }

    private sealed class Variables : IDisposable
    {
        private readonly (string Name, string? Before)[] _changed;

        internal Variables(params (string Name, string Value)[] variables)
        {
            _changed = [.. variables.Select(v => (v.Name, Environment.GetEnvironmentVariable(v.Name)))];
            foreach (var (name, value) in variables)
                Environment.SetEnvironmentVariable(name, value);
            // The SDK's core reads them once in a process.
            FallbackInternalConfigurationFactory.Reset();
        }

        public void Dispose()
        {
            foreach (var (name, before) in _changed)
                Environment.SetEnvironmentVariable(name, before);
            FallbackInternalConfigurationFactory.Reset();
        }
    }
}
