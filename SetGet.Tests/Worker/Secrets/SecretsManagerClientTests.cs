using Amazon.Runtime;
using SetGet.Worker.Secrets;

namespace SetGet.Tests.Worker.Secrets;

/// <summary>Fetching the connection string where nobody puts it into the environment.</summary>
public sealed class SecretsManagerClientTests
{
    private const string Arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:RedisConnectionSecret-AbC123";
    private const string Connection = "cache:6379,password=x,ssl=True";
    private const string Found = "{\"SecretString\":\"" + Connection + "\"}";

    [Theory]
    [InlineData(null)]
    [InlineData("session/token==")]
    public async Task GetText_SignsAsAwsAsks_AndGivesTheText(string? token)
    {
        await using var server = await SecretsManagerStub.StartAsync((200, Found));

        Assert.Equal(Connection, await GetAsync(server, token));
        Assert.Empty(server.Faults);
        Assert.Equal($$"""{"SecretId":"{{Arn}}"}""", Assert.Single(server.Bodies));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task GetText_FaultThatPasses_IsTriedAgain(int status)
    {
        await using var server = await SecretsManagerStub.StartAsync((status, ""), (status, ""), (200, Found));

        Assert.Equal(Connection, await GetAsync(server));
        Assert.Equal(3, server.Bodies.Count);
    }

    [Fact]
    public async Task GetText_FaultThatStays_EndsWithWhatAwsSays()
    {
        await using var server = await SecretsManagerStub.StartAsync((500, "a"), (500, "b"), (500, "ServiceUnavailable"));

        var exception = await Assert.ThrowsAsync<SecretException>(() => GetAsync(server));

        Assert.Contains("500: ServiceUnavailable", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetText_Refused_IsNotTriedAgain()
    {
        await using var server = await SecretsManagerStub.StartAsync((400, """{"__type":"AccessDeniedException"}"""));

        var exception = await Assert.ThrowsAsync<SecretException>(() => GetAsync(server));

        Assert.Contains("AccessDeniedException", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Bodies);
    }

    [Theory]
    [InlineData("{\"SecretBinary\":\"c2VjcmV0\"}", "binary")]
    [InlineData("password=hidden", "cannot be read")]
    [InlineData("{\"SecretString\":{\"password\":\"hidden\"}}", "cannot be read")]
    public async Task GetText_NoText_SaysSoWithoutTheSecret(string body, string message)
    {
        await using var server = await SecretsManagerStub.StartAsync((200, body));

        var exception = await Assert.ThrowsAsync<SecretException>(() => GetAsync(server));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Arn, "https://secretsmanager.eu-central-1.amazonaws.com/")]
    [InlineData("arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a", "https://secretsmanager.cn-north-1.amazonaws.com.cn/")]
    [InlineData("arn:aws:secretsmanager:evil.example.com/:123456789012:secret:a", null)]
    [InlineData("arn:aws:sqs:eu-central-1:123456789012:secret:a", null)]
    [InlineData("RedisConnectionSecret", null)]
    [InlineData(Arn + "\n", null)]
    public void Arn_TellsTheRegion_OrIsNone(string text, string? endpoint)
        => Assert.Equal(endpoint, SecretArn.TryParse(text, out var arn) ? arn.Endpoint.ToString() : null);

    private static Task<string> GetAsync(SecretsManagerStub server, string? token = null)
    {
        AWSCredentials credentials = token is null
            ? new BasicAWSCredentials(SecretsManagerStub.AccessKey, SecretsManagerStub.SecretKey)
            : new SessionAWSCredentials(SecretsManagerStub.AccessKey, SecretsManagerStub.SecretKey, token);
        Assert.True(SecretArn.TryParse(Arn, out var arn));
        return new SecretsManagerClient(credentials, server.Address, TimeProvider.System).GetTextAsync(arn, CancellationToken.None);
    }
}
