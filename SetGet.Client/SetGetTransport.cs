using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace SetGet.Client;

/// <summary>Sends requests, again where that helps, and turns refusals into exceptions.</summary>
internal sealed class SetGetTransport
{
    private const string NotFoundType = "urn:setget:problem:not-found";

    private static readonly ResiliencePropertyKey<Attempt> AttemptKey = new("setget.attempt");

    private readonly IHttpClientFactory _clients;
    private readonly SetGetClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpResponseMessage> _retries;

    public SetGetTransport(IHttpClientFactory clients, IOptions<SetGetClientOptions> options, TimeProvider time)
    {
        _clients = clients;
        _options = options.Value;
        _time = time;
        _retries = BuildRetries();
    }

    /// <summary>
    /// The answer, whose status is a success or among <paramref name="alsoFine"/>. The caller disposes it.
    /// </summary>
    /// <param name="create">Makes the request; called once per attempt.</param>
    /// <param name="wait">What the request asks the API to wait.</param>
    /// <param name="mayRepeat">Whether sending it twice is harmless.</param>
    /// <param name="alsoFine">Statuses that the caller understands.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="SetGetException">Any other answer, or none.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> create, TimeSpan wait, bool mayRepeat, HttpStatusCode[] alsoFine, CancellationToken cancellationToken)
    {
        var response = await TryAsync(new Attempt(create, wait, mayRepeat), cancellationToken);
        if (response.IsSuccessStatusCode || (alsoFine.Contains(response.StatusCode) && response.StatusCode != HttpStatusCode.NotFound)) return response;
        var problem = await ReadProblemAsync(response, cancellationToken);
        // A 404 of anyone else's (a wrong address, a proxy) must not read as "there is no event".
        if (alsoFine.Contains(response.StatusCode) && problem.Type == NotFoundType) return response;
        using (response) throw new SetGetException(problem);
    }

    private async Task<HttpResponseMessage> TryAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(AttemptKey, attempt);
        try
        {
            return await _retries.ExecuteAsync(
                static (context, self) => self.SendOnceAsync(context.Properties.GetValue(AttemptKey, null!), context.CancellationToken), context, this);
        }
        catch (Exception exception) when (IsNetworkFault(exception) && !cancellationToken.IsCancellationRequested)
        {
            throw new SetGetException($"The API at {_options.BaseAddress} did not answer: {exception.Message}", exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<HttpResponseMessage> SendOnceAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.AttemptTimeout + attempt.Wait, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = attempt.Create();
        try
        {
            // The content is read here as well: a connection that breaks in the middle of it is a fault to repeat.
            return await _clients.CreateClient(SetGetClientExtensions.HttpClientName).SendAsync(request, HttpCompletionOption.ResponseContentRead, both.Token);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {_options.AttemptTimeout + attempt.Wait}", exception);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> BuildRetries()
    {
        if (_options.MaxRetries == 0) return ResiliencePipeline<HttpResponseMessage>.Empty;
        var strategy = new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = _options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = _options.RetryDelay,
            MaxDelay = TimeSpan.FromSeconds(20),
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(IsWorthRepeating(arguments.Context, arguments.Outcome)),
            DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } response ? RetryAfter(response) : null),
            OnRetry = arguments =>
            {
                arguments.Outcome.Result?.Dispose();
                return default;
            },
        };
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _time }.AddRetry(strategy).Build();
    }

    /// <summary>429 and 503 say that nothing was done; of a network fault nobody knows.</summary>
    private bool IsWorthRepeating(ResilienceContext context, Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Result is { } response)
            return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                && !(RetryAfter(response) > _options.MaxRetryAfter);
        return IsNetworkFault(outcome.Exception) && context.Properties.GetValue(AttemptKey, null!).MayRepeat;
    }

    private static bool IsNetworkFault(Exception? exception) => exception is HttpRequestException or TimeoutException or IOException or SocketException;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<ProblemDocument> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        try
        {
            if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json"
                && JsonSerializer.Deserialize(
                    await response.Content.ReadAsByteArrayAsync(cancellationToken), ClientJson.Default.ProblemDocument) is { } problem)
                return problem with { Status = status };
        }
        catch (JsonException)
        {
            // Something between here and the API answered in its name; the status says what there is to say.
        }

        return new ProblemDocument(
            null, response.ReasonPhrase, status, "The answer is no problem document of SetGet's (status " + status.ToString(CultureInfo.InvariantCulture)
            + ").", null, null);
    }

    private sealed record Attempt(Func<HttpRequestMessage> Create, TimeSpan Wait, bool MayRepeat);
}
