using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SetGet.Worker.Lambda;

/// <summary>One invocation of the function.</summary>
/// <param name="Deadline">When Lambda ends it.</param>
/// <param name="TraceId">The X-Ray trace header, or null.</param>
/// <param name="Event">The event's text.</param>
internal sealed record Invocation(string RequestId, DateTimeOffset Deadline, string? TraceId, byte[] Event);

/// <summary>
/// The HTTP interface between Lambda and a custom runtime (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). It is at
/// <c>AWS_LAMBDA_RUNTIME_API</c>, a host and port.
/// </summary>
internal sealed class RuntimeApi : IDisposable
{
    public const string Variable = "AWS_LAMBDA_RUNTIME_API";
    private const string Version = "2018-06-01";

    // The next invocation may be hours away: Lambda freezes the process in between.
    private readonly HttpClient _http;

    public RuntimeApi(string hostAndPort)
        => _http = new HttpClient { BaseAddress = new Uri($"http://{hostAndPort}/{Version}/runtime/"), Timeout = Timeout.InfiniteTimeSpan };

    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri("invocation/next", UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
        var deadline = long.Parse(Header(response, "Lambda-Runtime-Deadline-Ms") ?? "0", CultureInfo.InvariantCulture);
        return new Invocation(
            Header(response, "Lambda-Runtime-Aws-Request-Id") ?? throw new InvalidOperationException("The Runtime API gave no request id."),
            DateTimeOffset.FromUnixTimeMilliseconds(deadline),
            Header(response, "Lambda-Runtime-Trace-Id"),
            await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public Task RespondAsync(string requestId, byte[] json, CancellationToken cancellationToken)
        => PostAsync($"invocation/{requestId}/response", json, null, cancellationToken);

    public Task FailAsync(string requestId, Exception fault, CancellationToken cancellationToken)
        => PostAsync($"invocation/{requestId}/error", Error(fault), fault, cancellationToken);

    /// <summary>The function cannot start.</summary>
    public Task FailInitAsync(Exception fault, CancellationToken cancellationToken) => PostAsync("init/error", Error(fault), fault, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static byte[] Error(Exception fault)
        => JsonSerializer.SerializeToUtf8Bytes(new RuntimeError(fault.Message, Type(fault)), RuntimeJson.Default.RuntimeError);

    private static string Type(Exception fault) => "SetGet." + fault.GetType().Name;

    private static string? Header(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private async Task PostAsync(string path, byte[] json, Exception? fault, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        if (fault is not null) request.Headers.Add("Lambda-Runtime-Function-Error-Type", Type(fault));
        using var response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}

internal sealed record RuntimeError(string ErrorMessage, string ErrorType);

/// <summary>The messages of the queue that the answer names are delivered again; the others are deleted.</summary>
internal sealed record BatchResponse(IReadOnlyList<BatchItemFailure> BatchItemFailures);

internal sealed record BatchItemFailure(string ItemIdentifier);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RuntimeError))]
[JsonSerializable(typeof(BatchResponse))]
[JsonSerializable(typeof(SqsEvent))]
internal sealed partial class RuntimeJson : JsonSerializerContext;
