using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SetGet.Tests.ServiceDefaults;

/// <summary>Takes OTLP over HTTP, and keeps it as text: names and values are plain UTF-8 within the protobuf messages.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, StringBuilder> _received = new();

    private OtlpCollector(WebApplication app) => _app = app;

    internal string Url => _app.Urls.Single();

    internal string Traces => Received("/v1/traces");

    internal string Metrics => Received("/v1/metrics");

    internal string Logs => Received("/v1/logs");

    internal static async Task<OtlpCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new OtlpCollector(app);
        app.MapPost("/v1/{signal}", collector.ReceiveAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private string Received(string path) => _received.TryGetValue(path, out var text) ? text.ToString() : "";

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = _received.GetOrAdd(context.Request.Path, static _ => new StringBuilder());
        lock (text)
            text.Append(Encoding.UTF8.GetString(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
