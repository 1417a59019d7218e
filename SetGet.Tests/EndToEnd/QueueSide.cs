using System.Globalization;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace SetGet.Tests.EndToEnd;

/// <summary>The queue's side of a running SetGet: sends what senders never would, and looks at the dead letters.</summary>
internal sealed class QueueSide : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly AppFixture _app;

    public QueueSide(AppFixture app)
    {
        _app = app;
        var configuration = new AmazonSQSConfig { ServiceURL = app.SqsUrl.ToString(), AuthenticationRegion = "us-east-1" };
        Sqs = new AmazonSQSClient(new BasicAWSCredentials("local", "local"), configuration);
    }

    public IAmazonSQS Sqs { get; }

    public void Dispose() => Sqs.Dispose();

    public Task SendAsync(string account, string body)
        => Sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = _app.EventsQueueUrl, MessageBody = body, MessageGroupId = account });

    public async Task SendBatchAsync(string account, IEnumerable<string> bodies)
    {
        var entries = bodies.Select((body, i)
            => new SendMessageBatchRequestEntry { Id = i.ToString(CultureInfo.InvariantCulture), MessageGroupId = account, MessageBody = body });
        var sent = await Sqs.SendMessageBatchAsync(_app.EventsQueueUrl, [.. entries]);
        Assert.Null(sent.Failed);
    }

    /// <summary>Completes when every message is either stored or a dead letter.</summary>
    public async Task DrainedAsync()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        do
        {
            var answer = await Sqs.GetQueueAttributesAsync(_app.EventsQueueUrl, ["All"], limit.Token);
            if (answer.ApproximateNumberOfMessages + answer.ApproximateNumberOfMessagesNotVisible == 0) return;
        }
        while (await again.WaitForNextTickAsync(limit.Token));
    }

    /// <summary>Takes the dead letter with this body off its queue; others come back.</summary>
    public async Task<Message> TakeDeadLetterAsync(string body)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var request = new ReceiveMessageRequest
        {
            QueueUrl = _app.DeadLetterQueueUrl,
            MaxNumberOfMessages = 10,
            WaitTimeSeconds = 1,
            VisibilityTimeout = 5,
            MessageAttributeNames = ["All"],
        };
        while (true)
        {
            var received = await Sqs.ReceiveMessageAsync(request, limit.Token);
            if (received.Messages?.Find(m => m.Body == body) is not { } found) continue;
            await Sqs.DeleteMessageAsync(_app.DeadLetterQueueUrl, found.ReceiptHandle, limit.Token);
            return found;
        }
    }
}
