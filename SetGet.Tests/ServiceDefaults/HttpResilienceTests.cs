using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Polly.Timeout;

namespace SetGet.Tests.ServiceDefaults;

/// <summary>What every client of <c>IHttpClientFactory</c> does in a process with the service defaults.</summary>
public sealed class HttpResilienceTests
{
    private const int MaxRetries = 3;

    /// <summary>What <c>?wait=</c> of the API and a receive call of SQS may take.</summary>
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.RequestTimeout)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Get_TransientThenSuccess_IsSentAgain(HttpStatusCode status)
    {
        using var server = new Script(_ => new(status), _ => new(HttpStatusCode.OK));
        using var client = Client(server);
        using var response = await client.GetAsync("http://x/");
        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, server.Calls));
    }

    [Fact]
    public async Task Get_NoConnection_IsSentAgainThenThrown()
    {
        using var server = new Script(_ => throw new HttpRequestException("refused"));
        using var client = Client(server);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("http://x/"));
        Assert.Equal(1 + MaxRetries, server.Calls);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task Get_FinalStatus_IsNotSentAgain(HttpStatusCode status)
    {
        using var server = new Script(_ => new(status));
        using var client = Client(server);
        using var response = await client.GetAsync("http://x/");
        Assert.Equal((status, 1), (response.StatusCode, server.Calls));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("Idempotency-Key", 2)]
    [InlineData("webhook-id", 2)]
    public async Task Post_IsSentAgainOnlyWithAKey(string? header, int calls)
    {
        using var server = new Script(_ => new(HttpStatusCode.BadGateway), _ => new(HttpStatusCode.OK));
        using var client = Client(server);
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://x/") { Content = new StringContent("body") };
        if (header is not null)
            request.Headers.Add(header, "1");
        using var response = await client.SendAsync(request);
        Assert.Equal(calls, server.Calls);
        Assert.All(server.Bodies, body => Assert.Equal("body", body));
    }

    [Fact]
    public async Task RetryAfter_LongerThanPatience_IsHandedToTheCaller()
    {
        using var server = new Script(_ => WithRetryAfter(TimeSpan.FromHours(1)));
        using var client = Client(server);
        using var response = await client.GetAsync("http://x/");
        Assert.Equal((HttpStatusCode.TooManyRequests, 1), (response.StatusCode, server.Calls));
    }

    [Fact]
    public async Task RetryAfter_WithinPatience_IsObeyed()
    {
        using var server = new Script(_ => WithRetryAfter(TimeSpan.Zero), _ => new(HttpStatusCode.OK));
        using var client = Client(server);
        using var response = await client.GetAsync("http://x/");
        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, server.Calls));
    }

    [Fact]
    public async Task Attempt_WithoutAnswer_IsSentAgainThenTimesOut()
    {
        using var server = new Script(_ => null);
        using var client = Client(server, static options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(500);
            options.Retry.MaxRetryAttempts = 1;
        });
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => client.GetAsync("http://x/slow"));
        Assert.Equal(2, server.Calls);
    }

    [Fact]
    public void Attempt_OfALongPoll_IsNotCut()
    {
        HttpStandardResilienceOptions? found = null;
        using var server = new Script(_ => null);
        using var client = Client(server, options => found = options);
        Assert.True(found!.AttemptTimeout.Timeout > LongestPoll);
        Assert.True(client.Timeout == Timeout.InfiniteTimeSpan || client.Timeout > LongestPoll);
    }

    [Fact]
    public async Task Caller_Cancels_IsNotSentAgain()
    {
        using var cancellationToken = new CancellationTokenSource();
        using var server = new Script(_ =>
        {
            cancellationToken.Cancel();
            return new(HttpStatusCode.ServiceUnavailable);
        });
        using var client = Client(server);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync("http://x/", cancellationToken.Token));
        Assert.Equal(1, server.Calls);
    }

    private static HttpResponseMessage WithRetryAfter(TimeSpan pause)
        => new(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(pause) } };

    private static HttpClient Client(Script server, Action<HttpStandardResilienceOptions>? change = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddServiceDefaults();
        builder.Services.AddHttpClient("").ConfigurePrimaryHttpMessageHandler(() => server);
        builder.Services.ConfigureAll<HttpStandardResilienceOptions>(options =>
        {
            options.Retry.Delay = TimeSpan.FromMilliseconds(1);
            change?.Invoke(options);
        });
        return builder.Build().Services.GetRequiredService<IHttpClientFactory>().CreateClient();
    }

    /// <summary>Answers in turn, the last answer for ever; null never answers.</summary>
    private sealed class Script(params Func<HttpRequestMessage, HttpResponseMessage?>[] answers) : HttpMessageHandler
    {
        internal int Calls { get; private set; }

        internal List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = answers[Math.Min(Calls++, answers.Length - 1)](request);
            if (request.Content is not null)
                Bodies.Add(await request.Content.ReadAsStringAsync(cancellationToken));
            if (answer is not null)
                return answer;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("unreachable");
        }
    }
}
