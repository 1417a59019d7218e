using Gateway.CloudFormation;
using Microsoft.Extensions.Logging.Abstractions;
using Sqs;
using Sqs.Protocol;

namespace Aws.Tests;

/// <summary>The queues of a template.</summary>
public class TemplateQueuesTests
{
    private const string Template = """
        {"Resources":{
          "Queue":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"declared","VisibilityTimeout":%,"RedrivePolicy":{"deadLetterTargetArn":{"Fn::GetAtt":["Dead","Arn"]},"maxReceiveCount":3}}},
          "Dead":{"Type":"AWS::SQS::Queue"}}}
        """;

    [Fact]
    public async Task TemplatesQueue_IsForEveryAccountAndRegion()
    {
        await using var sqs = new LocalSqs(new SqsOptions(), NullLogger.Instance);
        await CreateAsync(sqs, 30);
        var found = await CallAsync(sqs, "GetQueueAttributes", "Credential=111122223333/20261128/eu-west-1/sqs/aws4_request");
        Assert.Contains("arn:aws:sqs:us-east-1:000000000000:declared", found);
    }

    [Fact]
    public async Task TemplatesQueue_ThatIsThere_GetsWhatTheTemplateSaysNow()
    {
        await using var sqs = new LocalSqs(new SqsOptions(), NullLogger.Instance);
        await CreateAsync(sqs, 30);
        await CreateAsync(sqs, 40);
        Assert.Contains("\"VisibilityTimeout\":\"40\"", await CallAsync(sqs, "GetQueueAttributes", null));
    }

    [Fact]
    public async Task TemplatesQueue_ThatSqsRefuses_IsNamed()
    {
        await using var sqs = new LocalSqs(new SqsOptions(), NullLogger.Instance);
        var refusal = await Assert.ThrowsAsync<TemplateException>(() => CreateAsync(sqs, 50_000));
        Assert.Equal("Resources.Queue: Invalid value for the parameter VisibilityTimeout.", refusal.Message);
    }

    private static Task CreateAsync(LocalSqs sqs, int visibilityTimeout)
    {
        var context = new TemplateContext { Identities = new ResourceIdentities("http://localhost:1") };
        var template = TemplateResolver.ResolveText(Template.Replace("%", $"{visibilityTimeout}", StringComparison.Ordinal), context);
        return TemplateQueues.CreateAsync(sqs, template, NullLogger.Instance);
    }

    private static async Task<string> CallAsync(LocalSqs sqs, string action, string? authorization)
    {
        var body = """{"QueueUrl":"declared","AttributeNames":["All"]}"""u8.ToArray();
        var reply = await sqs.CallAsync(
            new SqsCall("/", "", "AmazonSQS." + action, "http://localhost:1", body, Authorization: authorization), CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(reply.Body.Span);
    }
}
