using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using static SetGet.Tests.Packages.Sqs.ScriptedSqs;

namespace SetGet.Tests.Packages.Sqs;

public sealed class SqsErrorTests
{
    private const string Queue = "http://localhost/000000000000/q";

    [Fact]
    public async Task Error_WithQueryCode_IsTypedAndCarriesIt()
    {
        await using var sqs = await StartAsync(new Answer(
            """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}""",
            400,
            "AWS.SimpleQueueService.NonExistentQueue;Sender"));
        using var client = sqs.Client();
        var error = await Assert.ThrowsAsync<QueueDoesNotExistException>(() => client.GetQueueUrlAsync("q"));
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue", error.ErrorCode);
        Assert.Equal(ErrorType.Sender, error.ErrorType);
        Assert.Equal("The specified queue does not exist.", error.Message);
        Assert.Equal(("request-1", HttpStatusCode.BadRequest), (error.RequestId, error.StatusCode));
        Assert.Single(sqs.Requests);
    }

    [Fact]
    public async Task Error_UnknownShape_IsGeneral()
    {
        await using var sqs = await StartAsync(new Answer("""{"__type":"com.amazon.coral.service#SomethingNew","Message":"m"}""", 400));
        using var client = sqs.Client();
        var error = await Assert.ThrowsAsync<AmazonSQSException>(() => client.PurgeQueueAsync(Queue));
        Assert.Equal(("SomethingNew", "m"), (error.ErrorCode, error.Message));
    }

    public static TheoryData<string, Type> Shapes()
    {
        var data = new TheoryData<string, Type>();
        foreach (var type in typeof(AmazonSQSException).Assembly.GetTypes().Where(t => t.BaseType == typeof(AmazonSQSException)))
            data.Add(type == typeof(ResourceNotFoundException) ? type.Name : type.Name[..^"Exception".Length], type);
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Error_EveryShape_HasItsClass(string shape, Type type)
    {
        await using var sqs = await StartAsync(new Answer($$"""{"__type":"com.amazonaws.sqs#{{shape}}","message":"m"}""", 400));
        using var client = sqs.Client(c => c.MaxErrorRetry = 0);
        await Assert.ThrowsAsync(type, () => client.PurgeQueueAsync(Queue));
    }

    [Fact]
    public async Task ServerError_ThenSuccess_IsRetried()
    {
        await using var sqs = await StartAsync(new Answer("{}", 503), new Answer("""{"QueueUrl":"u"}"""));
        using var client = sqs.Client();
        Assert.Equal("u", (await client.GetQueueUrlAsync("q")).QueueUrl);
        Assert.Equal(2, sqs.Requests.Count);
    }

    [Fact]
    public async Task Call_Cancelled_Throws()
    {
        await using var sqs = await StartAsync();
        using var client = sqs.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ReceiveMessageAsync(Queue, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData("eu-central-1", false, "https://sqs.eu-central-1.amazonaws.com")]
    [InlineData("cn-north-1", false, "https://sqs.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-west-2", true, "https://sqs-fips.us-west-2.amazonaws.com")]
    [InlineData("us-gov-west-1", true, "https://sqs.us-gov-west-1.amazonaws.com")]
    public void Endpoint_OfRegion_IsTheService(string region, bool fips, string url)
    {
        using var client = new AmazonSQSClient(
            "id", "secret", new AmazonSQSConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips });
        Assert.Equal(url, client.DetermineServiceOperationEndpoint(new SendMessageRequest()).URL.TrimEnd('/'));
    }
}
