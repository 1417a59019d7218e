using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Http;

/// <summary>
/// This program as a server that has nothing to do, in a process of its own. <c>serve-bare URL FILE</c>: Kestrel, which answers everything with what is
/// in the file, the most that any server on it could do. <c>serve-empty URL FILE</c>: an ASP.NET Core service as <see cref="WebApplication.CreateBuilder()"/>
/// makes it, with two routes.
/// </summary>
/// <remarks>Asked for before anything else: what the benchmarks load would count as memory of the empty service.</remarks>
internal static class PlainServer
{
    private const string Bare = "serve-bare";
    private const string Empty = "serve-empty";

    /// <summary>What Kestrel writes itself.</summary>
    private static readonly string[] OwnHeaders = ["Date", "Server", "Content-Length", "Transfer-Encoding"];

    internal static bool IsAskedFor(string[] args) => args is [Bare or Empty, _, _];

    internal static async Task<int> RunAsync(string[] args)
    {
        var answer = JsonSerializer.Deserialize<Answer>(await File.ReadAllTextAsync(args[2]))!;
        await using var app = args[0] == Bare ? BuildBare(args[1], answer) : BuildEmpty(args[1], answer);
        await app.RunAsync();
        return 0;
    }

    /// <summary>Starts Kestrel that answers from memory, with the very headers and bytes that a target answers.</summary>
    internal static async Task<HttpTarget> StartBareAsync(string name, HttpTarget like, HttpClient http, string folder, CancellationToken cancellationToken)
        => await StartAsync(Bare, name, like.Path, await ReadAsync(like, http, cancellationToken), http, folder, cancellationToken) with { Header = like.Header };

    /// <summary>Starts a service without anything in it but a route that answers some bytes, and one that takes any.</summary>
    internal static Task<HttpTarget> StartEmptyAsync(string name, byte[] body, HttpClient http, string folder, CancellationToken cancellationToken)
        => StartAsync(Empty, name, "/get/order-1", new Answer([new("Content-Type", "application/json")], body), http, folder, cancellationToken);

    private static async Task<HttpTarget> StartAsync(
        string mode, string name, string path, Answer answer, HttpClient http, string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, $"{mode}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(answer), cancellationToken);
        var url = $"http://127.0.0.1:{Server.FreePort()}";
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            // As the appsettings.json of every template has it.
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
        };
        var server = await Server.StartAsync(
            "dotnet", [Repository.Assembly("SetGet.Benchmarks"), mode, url, file], Server.Answers(http, url + path), cancellationToken, environment);
        return new HttpTarget(name, server, url + path);
    }

    private static async Task<Answer> ReadAsync(HttpTarget target, HttpClient http, CancellationToken cancellationToken)
    {
        using var request = target.Request();
        using var response = await http.SendAsync(request, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(static header => !OwnHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(static header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)));
        return new Answer([.. headers], await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private static WebApplication BuildBare(string url, Answer answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        app.Run(async context =>
        {
            foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.BodyWriter.WriteAsync(answer.Body, context.RequestAborted);
        });
        return app;
    }

    private static WebApplication BuildEmpty(string url, Answer answer)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.MapGet("/get/{key}", () => Results.Bytes(answer.Body, answer.Headers[0].Value));
        app.MapPost("/set", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);
            return Results.Accepted();
        });
        return app;
    }

    private sealed record Answer(KeyValuePair<string, string>[] Headers, byte[] Body);
}
