namespace SetGet.ServiceDefaults.Resilience;

/// <summary>How patient an HTTP client is.</summary>
public sealed record HttpResilienceOptions
{
    /// <summary>Further tries after the first one. 0 to 10; 3.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>Limit of one try until the response's headers are there. More than the longest long poll, 20 s; 30 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Limit of all tries and the pauses between; 90 s.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Pause before the first retry; doubled for each further one, with jitter; 200 ms.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest pause. A server that asks for a longer one by <c>Retry-After</c> gets no retry; 10 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(10);
}
