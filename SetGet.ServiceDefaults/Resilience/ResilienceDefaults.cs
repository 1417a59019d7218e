using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace SetGet.ServiceDefaults.Resilience;

/// <summary>How the standard resilience handler differs here from its own defaults.</summary>
internal static class ResilienceDefaults
{
    /// <summary>More than the longest long poll, 20 s.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>A server that asks for a longer one by <c>Retry-After</c> gets no retry: the caller had better know.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    internal static void Configure(HttpStandardResilienceOptions options)
    {
        options.AttemptTimeout.Timeout = AttemptTimeout;
        options.TotalRequestTimeout.Timeout = TotalTimeout;
        // The handler wants at least two attempts within what its circuit breaker looks at.
        options.CircuitBreaker.SamplingDuration = 2 * AttemptTimeout;
        options.Retry.Delay = FirstPause;
        options.Retry.MaxDelay = LongestPause;
        var isTransient = options.Retry.ShouldHandle;
        options.Retry.ShouldHandle = async attempt
            => IsIdempotent(attempt.Context.GetRequestMessage()) && Pause(attempt.Outcome.Result) <= LongestPause && await isTransient(attempt);
    }

    /// <summary>A POST is, when it carries a key by which the receiver knows it again.</summary>
    private static bool IsIdempotent(HttpRequestMessage? request)
        => request is not null && request.Method != HttpMethod.Patch && request.Method != HttpMethod.Connect
        && (request.Method != HttpMethod.Post || request.Headers.Contains("Idempotency-Key") || request.Headers.Contains("webhook-id"));

    /// <summary>What the server asks for.</summary>
    private static TimeSpan Pause(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
        _ => TimeSpan.Zero,
    };
}
