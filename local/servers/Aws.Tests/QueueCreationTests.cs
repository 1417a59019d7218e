using Gateway.CloudFormation;
using Microsoft.Extensions.Logging.Abstractions;
using Sqs.Engine;

namespace Aws.Tests;

/// <summary>The queues of a template.</summary>
public class QueueCreationTests
{
    [Fact]
    public async Task TemplatesQueue_IsForEveryAccountAndRegion()
    {
        const string Template = """{"Resources":{"Queue":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":"declared"}}}}""";
        await using var engine = new SqsEngine(TimeProvider.System, new SqsAccount("us-east-1", "000000000000"));
        var template = TemplateResolver.ResolveText(Template, new TemplateContext { Identities = new ResourceIdentities("http://localhost:1") });
        await QueueCreation.CreateAsync(engine, template, NullLogger.Instance);
        var found = QueueRegistry.Get(engine, new SqsAccount("eu-west-1", "111122223333"), "declared");
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:declared", found.Arn);
    }
}
