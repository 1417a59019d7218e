using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace SetGet.Tests.Dashboard;

/// <summary>The queues of a SetGet under its app host.</summary>
public sealed class DashboardQueues : IDisposable
{
    private const string Account = "000000000000";

    private readonly Uri _address;
    private readonly AmazonSQSClient _sqs;

    public DashboardQueues(Uri address)
    {
        _address = address;
        _sqs = new AmazonSQSClient(
            new BasicAWSCredentials("local", "local"), new AmazonSQSConfig { ServiceURL = address.ToString(), AuthenticationRegion = "us-east-1" });
    }

    public Task SendAsync(string queue, string body)
        => _sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = Url(queue), MessageBody = body, MessageGroupId = "acme" });

    /// <summary>The messages of a queue, in flight or not.</summary>
    public async Task<long> CountAsync(string queue)
    {
        var answer = await _sqs.GetQueueAttributesAsync(Url(queue), ["All"]);
        return answer.ApproximateNumberOfMessages + answer.ApproximateNumberOfMessagesNotVisible;
    }

    public void Dispose() => _sqs.Dispose();

    private string Url(string queue) => new Uri(_address, $"/{Account}/{queue}").ToString();
}
