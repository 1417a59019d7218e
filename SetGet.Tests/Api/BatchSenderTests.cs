using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SetGet.Api.Set;
using SetGet.Api.Telemetry;
using SetGet.Core.Events;
using SetGet.Core.Queues;
using SetGet.Tests.Worker;

namespace SetGet.Tests.Api;

/// <summary>What SQS answers, and what the sender is told: sent, never to be sent, or to be sent again.</summary>
public sealed class BatchSenderTests
{
    private const string TextRefused = """{"__type":"com.amazonaws.sqs#InvalidMessageContents","message":"Invalid binary character"}""";
    private const string FirstSent = """
        {"Successful":[{"Id":"0","MessageId":"m0","MD5OfMessageBody":"49f68a5c8493ec2c0bf489821c21fc3b"}],
         "Failed":[{"Id":"1","Code":"InvalidMessageContents","Message":"no","SenderFault":true},{"Id":"2","Code":"InternalError","Message":"later","SenderFault":false}]}
        """;

    [Theory]
    [InlineData(TextRefused, 400, SendOutcome.Refused)]
    [InlineData("""{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"gone"}""", 400, SendOutcome.Unavailable)]
    [InlineData("""{"__type":"com.amazon.coral.service#AccessDeniedException","message":"no"}""", 403, SendOutcome.Unavailable)]
    [InlineData("{}", 503, SendOutcome.Unknown)]
    [InlineData("{}", 200, SendOutcome.Unknown)]
    public Task Send_OfOneEvent_IsToldByTheError(string answer, int status, object outcome) => CheckAsync(answer, status, (SendOutcome)outcome);

    [Fact]
    public Task Send_OfSeveral_IsToldForEach() => CheckAsync(FirstSent, 200, SendOutcome.Sent, SendOutcome.Refused, SendOutcome.Unavailable, SendOutcome.Unknown);

    [Fact]
    public Task Send_OfSeveralThatIsRefusedAsAWhole_CondemnsNone() => CheckAsync(TextRefused, 400, SendOutcome.Unavailable, SendOutcome.Unavailable);

    private static async Task CheckAsync(string answer, int status, params SendOutcome[] outcomes)
    {
        await using var sqs = await ScriptedSqs.StartAsync(new ScriptedSqs.Answer(answer, status));
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new ApiMetrics(services.GetRequiredService<IMeterFactory>());
        var urls = new QueueOptions { EventsQueueUrl = sqs.Url + "/1/q", DeadLetterQueueUrl = sqs.Url + "/1/d" };
        using var client = sqs.Client(config => config.MaxErrorRetry = 0);
        var sender = new BatchSender(new EventQueues(client, Microsoft.Extensions.Options.Options.Create(urls)), metrics, NullLogger<BatchSender>.Instance);
        var batch = outcomes.Select((_, i) => new OutgoingEvent(new EnvelopeHead($"e{i}", 0, "root", null, null), "acme", "hi", 2, default)).ToList();

        await sender.SendAsync(batch, CancellationToken.None);

        Assert.Equal(outcomes, await Task.WhenAll(batch.Select(e => e.Outcome)));
    }
}
