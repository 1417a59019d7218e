using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SetGet.Client;

namespace SetGet.Tests.Client;

/// <summary>What the client sends again, and what not; with answers of the tests' own.</summary>
public sealed class ClientRetryTests
{
    private static readonly byte[] Accepted = """{"id":"i","acceptedAt":"2026-01-31T12:00:00.123Z","webhookKeys":["k"]}"""u8.ToArray();
    private static readonly SetEvent One = new() { AccountId = "a", FlowId = "f", WebhookKeys = ["k"], Data = "1"u8.ToArray() };

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Set_RefusedForNow_IsSentAgainUnderOneIdempotencyKey(HttpStatusCode refusal)
    {
        var answers = new Answers(_ => Refuse(refusal, "0"), _ => Refuse(refusal, "0"), _ => Accept());
        await using var services = answers.Services();

        var accepted = await services.GetRequiredService<ISetGetClient>().SetAsync(One);

        Assert.Equal("i", accepted.Id);
        Assert.Equal(3, answers.Keys.Count);
        Assert.Single(answers.Keys.Distinct());
    }

    [Fact]
    public async Task Set_ToldToWaitTooLong_EndsWithTheProblem()
    {
        var answers = new Answers(_ => Refuse(HttpStatusCode.TooManyRequests, "3600"));
        await using var services = answers.Services();

        var thrown = await Assert.ThrowsAsync<SetGetException>(() => services.GetRequiredService<ISetGetClient>().SetAsync(One));

        Assert.Equal(HttpStatusCode.TooManyRequests, thrown.StatusCode);
        Assert.Single(answers.Keys);
    }

    [Fact]
    public async Task Set_AfterANetworkFault_IsSentAgain_ButATakeWithoutALeaseIsNot()
    {
        var answers = new Answers(_ => throw new HttpRequestException("reset"), _ => Accept(), _ => throw new HttpRequestException("reset"));
        await using var services = answers.Services();
        var client = services.GetRequiredService<ISetGetClient>();

        await client.SetAsync(One);
        var thrown = await Assert.ThrowsAsync<SetGetException>(() => client.TakeAsync("k"));

        Assert.Equal(0, (int)thrown.StatusCode);
        Assert.IsType<HttpRequestException>(thrown.InnerException);
        Assert.Equal(3, answers.Keys.Count);
    }

    [Fact]
    public async Task Get_FromAnotherServer_DoesNotReadAsNothing()
    {
        await using var services = new Answers(_ => new HttpResponseMessage(HttpStatusCode.NotFound)).Services();

        await Assert.ThrowsAsync<SetGetException>(() => services.GetRequiredService<ISetGetClient>().GetAsync("k"));
    }

    [Fact]
    public void Options_ThatAreWrong_AreNamed()
    {
        using var services = new Answers().Services(options => options.BaseAddress = null);

        var thrown = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<SetGetClientOptions>>().Value);

        Assert.Contains("SetGet:Client:BaseAddress", thrown.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Refuse(HttpStatusCode status, string retryAfter)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent("""{"type":"t","title":"x","status":1,"detail":"d"}""", null, "application/problem+json") };
        response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }

    private static HttpResponseMessage Accept() => new(HttpStatusCode.Accepted)
    {
        Content = new ByteArrayContent(Accepted) { Headers = { { "Content-Type", "application/json" } } },
    };

    /// <summary>Answers one after the other, and notes the idempotency key of each request.</summary>
    private sealed class Answers(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        public List<string?> Keys { get; } = [];

        public ServiceProvider Services(Action<SetGetClientOptions>? configure = null)
        {
            var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
            services.AddSetGetClient(options =>
            {
                options.BaseAddress = new Uri("http://setget.test");
                options.ApiKey = "key";
                options.RetryDelay = TimeSpan.FromMilliseconds(1);
                configure?.Invoke(options);
            }).ConfigurePrimaryHttpMessageHandler(() => this);
            return services.BuildServiceProvider();
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Keys.Add(request.Headers.TryGetValues("Idempotency-Key", out var key) ? key.Single() : null);
            return Task.FromResult(answers[Keys.Count - 1](request));
        }
    }
}
