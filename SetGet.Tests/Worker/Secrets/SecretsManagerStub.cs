using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace SetGet.Tests.Worker.Secrets;

/// <summary>Secrets Manager, as far as one call goes. It checks the signature by the published algorithm, step by step, and not by AWS's code.</summary>
internal sealed class SecretsManagerStub : IAsyncDisposable
{
    public const string AccessKey = "AKIDEXAMPLE";
    public const string SecretKey = "example/secret";

    private readonly WebApplication _app;
    private readonly Queue<(int Status, string Body)> _answers;

    private SecretsManagerStub(IEnumerable<(int Status, string Body)> answers)
    {
        _answers = new(answers);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/", AnswerAsync);
    }

    public Uri Address => new(_app.Urls.Single() + "/");

    public List<string> Bodies { get; } = [];

    /// <summary>What was wrong with the requests' signatures.</summary>
    public List<string> Faults { get; } = [];

    public static async Task<SecretsManagerStub> StartAsync(params (int Status, string Body)[] answers)
    {
        var stub = new SecretsManagerStub(answers);
        await stub._app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Bodies.Add(body);
        var (given, expected) = (context.Request.Headers.Authorization.ToString(), Authorization(context.Request, body));
        if (given != expected) Faults.Add($"{given} is not {expected}");
        var (status, answer) = _answers.Dequeue();
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(answer);
    }

    private static string Authorization(HttpRequest request, string body)
    {
        string[] names = request.Headers.ContainsKey("X-Amz-Security-Token")
            ? ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"]
            : ["content-type", "host", "x-amz-date", "x-amz-target"];
        var canonical = $"POST\n/\n\n{string.Concat(names.Select(name => $"{name}:{request.Headers[name]}\n"))}\n{string.Join(';', names)}\n{Hash(body)}";
        var time = request.Headers["X-Amz-Date"].ToString();
        var scope = $"{time[..8]}/eu-central-1/secretsmanager/aws4_request";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (current, part) => HMACSHA256.HashData(current, Encoding.UTF8.GetBytes(part)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hash(canonical)}")));
        return string.Create(CultureInfo.InvariantCulture, $"AWS4-HMAC-SHA256 Credential={AccessKey}/{scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
