using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace SetGet.ServiceDefaults.Resilience;

/// <summary>
/// Sends an idempotent request again when the fault may pass (no connection, no answer in time, 408, 429, 5xx but 501 and
/// 505), after a pause with jitter or the one that the server asks for. Any request has a time limit. A POST counts as
/// idempotent when it carries an <c>Idempotency-Key</c> or a <c>webhook-id</c>.
/// </summary>
/// <exception cref="TimeoutException">The answer did not come within the limits.</exception>
public sealed class HttpResilienceHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<bool> Repeatable = new("repeatable");

    private readonly HttpResilienceOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public HttpResilienceHandler(HttpResilienceOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = options ?? new HttpResilienceOptions();
        _timeProvider = timeProvider ?? TimeProvider.System;
        _pipeline = Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Repeatable, IsIdempotent(request));
        try
        {
            // A body that is read once cannot be sent twice.
            if (request.Content is not null)
                await request.Content.LoadIntoBufferAsync(cancellationToken);
            return await _pipeline.ExecuteAsync(
                async attempt => await base.SendAsync(request, attempt.CancellationToken), context);
        }
        catch (TimeoutRejectedException error)
        {
            throw new TimeoutException($"{request.Method} {request.RequestUri} was not answered within {error.Timeout.TotalSeconds:0.###} s.", error);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<HttpResponseMessage> Build()
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _timeProvider }.AddTimeout(_options.TotalTimeout);
        if (_options.MaxRetries > 0)
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = _options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.BaseDelay,
                MaxDelay = _options.MaxDelay,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Context.Properties.GetValue(Repeatable, defaultValue: false) && MayPass(arguments.Outcome)),
                DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result)),
                OnRetry = static arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            });
        return builder.AddTimeout(_options.AttemptTimeout).Build();
    }

    private bool MayPass(Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Exception is not null)
            return outcome.Exception is HttpRequestException or TimeoutRejectedException;
        var response = outcome.Result!;
        return IsTransient(response.StatusCode) && (RetryAfter(response) is not { } pause || pause <= _options.MaxDelay);
    }

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || ((int)status >= 500 && status is not (HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported));

    private static bool IsIdempotent(HttpRequestMessage request) =>
        request.Method != HttpMethod.Patch && request.Method != HttpMethod.Connect
        && (request.Method != HttpMethod.Post || request.Headers.Contains("Idempotency-Key") || request.Headers.Contains("webhook-id"));

    /// <summary>Null where the server asks for none.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        var pause = response?.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _timeProvider.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause;
    }
}
