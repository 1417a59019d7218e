using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SQS;
using SetGet.Core.Queues;

namespace SetGet.Tests.Core;

/// <summary>However a connection ends, a call to the queue ends as its contract says: what throws anything else ends the process.</summary>
public sealed class QueueFaultTests
{
    private const string Url = "http://localhost:1/000000000000/events";

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
        using var sqs = Client(() => throw fault);
        var queue = new Queue(sqs, Url);
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.DepthAsync(CancellationToken.None));
        var result = Assert.Single(await queue.SendAsync([new OutgoingMessage("{}", "group", "1", [])], CancellationToken.None));
        Assert.Contains(result.Outcome, (SendOutcome[])[SendOutcome.Unavailable, SendOutcome.Unknown]);
    }

    [Theory]
    [InlineData(403, """{"__type":"com.amazon.coral.service#ExpiredTokenException"}""", SendOutcome.Unavailable)]
    [InlineData(400, """{"__type":"com.amazonaws.sqs#RequestThrottled"}""", SendOutcome.Unavailable)]
    [InlineData(500, """{"__type":"com.amazonaws.sqs#InternalError"}""", SendOutcome.Unknown)]
    [InlineData(504, "<html>a proxy has waited long enough</html>", SendOutcome.Unknown)]
    [InlineData(200, "<html>a proxy has a page</html>", SendOutcome.Unknown)]
    [InlineData(200, """{"Successful":[{"Id":"0","Mess""", SendOutcome.Unknown)]
    [InlineData(200, """{"Successful":[{"Id":"seven"},{"Id":"7"},{}],"Failed":[]}""", SendOutcome.Unknown)]
    [InlineData(200, "{}", SendOutcome.Unknown)]
    [InlineData(200, """{"Failed":[{"Id":"0","Code":"InternalError","SenderFault":false}]}""", SendOutcome.Unavailable)]
    public async Task AnAnswer_ThatDoesNotSayThatNothingWasTaken_LeavesItOpen(int status, string body, SendOutcome outcome)
    {
        using var sqs = Client(() => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) });
        var queue = new Queue(sqs, Url);
        Assert.Equal(outcome, Assert.Single(await queue.SendAsync([new OutgoingMessage("{}", "group", "1", [])], CancellationToken.None)).Outcome);
    }

    private static AmazonSQSClient Client(Func<HttpResponseMessage> answer) => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonSQSConfig { ServiceURL = "http://localhost:1", AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, HttpClientFactory = new Factory(answer) });

    private sealed class Factory(Func<HttpResponseMessage> answer) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(answer));

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }

    private sealed class Handler(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return answer();
        }
    }
}
