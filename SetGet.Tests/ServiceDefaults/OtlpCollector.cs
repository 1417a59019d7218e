using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace SetGet.Tests.ServiceDefaults;

/// <summary>
/// Takes OTLP over HTTP or gRPC, and keeps it: as text, because names and values are plain UTF-8 within the protobuf messages, and as it came. Only
/// what comes with the key is taken.
/// </summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    internal const string Key = "the-key";

    // A process exports every second under an app host, and once a minute at the latest.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, StringBuilder> _received = new();
    private readonly ConcurrentQueue<(string Signal, byte[] Request)> _requests = new();
    private TaskCompletionSource _next = NewSignal();

    private OtlpCollector(WebApplication app) => _app = app;

    internal string Url => _app.Urls.Single();

    internal string Traces => Received("trace");

    internal string Metrics => Received("metrics");

    internal string Logs => Received("logs");

    internal IReadOnlyList<OtlpSpan> Spans => [.. Requests("trace").SelectMany(r => OtlpSignals.Spans(r))];

    internal IReadOnlyList<OtlpPoint> Points => [.. Requests("metric").SelectMany(r => OtlpSignals.Points(r))];

    internal IReadOnlyList<OtlpLine> Lines => [.. Requests("log").SelectMany(r => OtlpSignals.Lines(r))];

    /// <summary>Ends when what has come fulfils a condition; the message of a failure tells what it was.</summary>
    internal async Task UntilAsync(Func<OtlpCollector, bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (condition(this)) return;
            await next.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (limit.IsCancellationRequested) Assert.Fail($"Not within {Patience}: {what}");
        }
    }

    internal static async Task<OtlpCollector> StartAsync(bool grpc = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, endpoint => endpoint.Protocols = grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.MapPost("/v1/{signal}", (HttpContext context, string signal) => collector.ReceiveAsync(context, signal.TrimEnd('s')));
        app.MapPost("/opentelemetry.proto.collector.{signal}.v1.{service}/Export", collector.ReceiveGrpcAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private string Received(string signal) => _received.TryGetValue(signal.TrimEnd('s'), out var text) ? text.ToString() : "";

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IEnumerable<byte[]> Requests(string signal) => _requests.Where(r => r.Signal == signal).Select(r => r.Request);

    private async Task ReceiveGrpcAsync(HttpContext context, string signal)
    {
        await ReceiveAsync(context, signal.TrimEnd('s'));
        context.Response.ContentType = "application/grpc";
        // A frame that is not compressed and has no bytes: an empty message.
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private async Task ReceiveAsync(HttpContext context, string signal)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.Headers["x-otlp-api-key"] != Key)
            return;
        // Before a gRPC message are five bytes, of its length.
        _requests.Enqueue((signal.TrimEnd('s'), context.Request.ContentType == "application/grpc" ? body.ToArray()[5..] : body.ToArray()));
        var text = _received.GetOrAdd(signal, static _ => new StringBuilder());
        lock (text)
            text.Append(Encoding.UTF8.GetString(body.ToArray()));
        Interlocked.Exchange(ref _next, NewSignal()).TrySetResult();
        context.Response.ContentType = "application/x-protobuf";
    }
}
