using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SQS;
using SetGet.Core.Queues;

namespace SetGet.Tests.Core;

/// <summary>However a connection ends, a call to the queue ends as its contract says: what throws anything else ends the process.</summary>
public sealed class QueueFaultTests
{
    public static TheoryData<Exception> Faults =>
    [
        new HttpRequestException("refused"),
        new IOException("cut within an answer"),
        // A connection that is reset in the instant in which it is made: the runtime asks it who its peer is.
        new SocketException((int)SocketError.NotConnected),
        new TimeoutException("late"),
    ];

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task AFaultOfTheConnection_IsTheQueuesNotAnswering(Exception fault)
    {
        var config = new AmazonSQSConfig { ServiceURL = "http://localhost:1", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, HttpClientFactory = new FailingFactory(fault) };
        using var sqs = new AmazonSQSClient(new BasicAWSCredentials("local", "local"), config);
        var queue = new Queue(sqs, "http://localhost:1/000000000000/events");
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.DepthAsync(CancellationToken.None));
        var result = Assert.Single(await queue.SendAsync([new OutgoingMessage("{}", "group", "1", [])], CancellationToken.None));
        Assert.Contains(result.Outcome, (SendOutcome[])[SendOutcome.Unavailable, SendOutcome.Unknown]);
    }

    private sealed class FailingFactory(Exception fault) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new FailingHandler(fault));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    private sealed class FailingHandler(Exception fault) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromException<HttpResponseMessage>(fault);
    }
}
