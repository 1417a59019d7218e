using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SetGet.Tests.Worker;

/// <summary>Answers what a test says, and keeps what the client sent: the wire, as it is.</summary>
internal sealed class ScriptedSqs : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Answer> _answers = new();

    private ScriptedSqs(WebApplication app) => _app = app;

    internal sealed record Answer(string Body, int Status = 200, string? QueryError = null);

    internal sealed record Received(string Method, string Path, Dictionary<string, string> Headers, string Body)
    {
        internal JsonNode Json => JsonNode.Parse(Body)!;
    }

    internal ConcurrentQueue<Received> Requests { get; } = new();

    internal string Url => _app.Urls.Single();

    internal static async Task<ScriptedSqs> StartAsync(params Answer[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ScriptedSqs(app);
        foreach (var answer in answers)
            server._answers.Enqueue(answer);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    internal AmazonSQSClient Client(Action<AmazonSQSConfig>? configure = null)
    {
        var config = new AmazonSQSConfig { ServiceURL = Url };
        configure?.Invoke(config);
        return new AmazonSQSClient("id", "secret", config);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Requests.Enqueue(new Received(context.Request.Method, context.Request.Path, headers, await reader.ReadToEndAsync()));
        if (!_answers.TryDequeue(out var answer))
            answer = new Answer("{}");
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/x-amz-json-1.0";
        context.Response.Headers["x-amzn-RequestId"] = "request-1";
        if (answer.QueryError is not null)
            context.Response.Headers["x-amzn-query-error"] = answer.QueryError;
        await context.Response.WriteAsync(answer.Body);
    }
}
