using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SetGet.Tests.Worker;

/// <summary>Lambda's side of the Runtime API.</summary>
public sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<(string Id, string Event, TimeSpan Left)> _invocations = Channel.CreateUnbounded<(string, string, TimeSpan)>();
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();

    private FakeRuntimeApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/2018-06-01/runtime/invocation/next", NextAsync);
        _app.MapPost("/2018-06-01/runtime/invocation/{id}/{kind}", (string id, string kind, HttpRequest request) => KeepAsync($"{kind} {id}", request));
        _app.MapPost("/2018-06-01/runtime/init/error", (HttpRequest request) => KeepAsync("init error", request));
    }

    /// <summary>Host and port, as in AWS_LAMBDA_RUNTIME_API.</summary>
    public string Address => new Uri(_app.Urls.Single()).Authority;

    public static async Task<FakeRuntimeApi> StartAsync()
    {
        var api = new FakeRuntimeApi();
        await api._app.StartAsync();
        return api;
    }

    /// <summary>Invokes the function and returns its answer: <c>response ID BODY</c> or <c>error ID BODY</c>.</summary>
    public async Task<string> InvokeAsync(string @event, TimeSpan? left = null)
    {
        await _invocations.Writer.WriteAsync((Guid.NewGuid().ToString("N"), @event, left ?? TimeSpan.FromSeconds(30)));
        return await AnswerAsync();
    }

    public async Task<string> AnswerAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _answers.Reader.ReadAsync(limit.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task NextAsync(HttpContext context)
    {
        var (id, text, left) = await _invocations.Reader.ReadAsync(context.RequestAborted);
        context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = id;
        context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = (TimeProvider.System.GetUtcNow() + left).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Lambda-Runtime-Trace-Id"] = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
        await context.Response.WriteAsync(text, Encoding.UTF8);
    }

    private async Task<IResult> KeepAsync(string kind, HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        await _answers.Writer.WriteAsync($"{kind} {await reader.ReadToEndAsync()}");
        return Results.Accepted();
    }
}
