using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SetGet.Tests.Api;
using SetGet.Tests.Core;

namespace SetGet.Tests.Security;

/// <summary>What a sender writes is data: no page of this origin, no header of an answer, no line of a log.</summary>
[Collection(ApiCollection.Name)]
public sealed class InjectionTests(ApiStack stack)
{
    private const string Script = "<script>alert(document.domain)</script>";

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html; charset=utf-7")]
    [InlineData("application/xhtml+xml")]
    [InlineData("image/svg+xml")]
    [InlineData("text/xml")]
    [InlineData("text/plain")]
    [InlineData("application/javascript")]
    [InlineData("multipart/x-mixed-replace; boundary=x")]
    public async Task Content_OfAnyType_IsNoPageOfThisOrigin(string contentType)
    {
        var account = ApiStack.NewAccount();
        await stack.Root.HookAsync(account, "k", contentType, System.Text.Encoding.UTF8.GetBytes(Script));
        using (await stack.Root.GetAsync($"/get/k?account={account}&wait=20")) { }

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, $"/get/k?account={account}");
            using var answer = await stack.Root.SendAsync(request);
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("default-src 'none'; sandbox", answer.Header("Content-Security-Policy"));
        }

        using var list = await stack.Root.GetAsync($"/get/k/events?account={account}");
        Assert.Equal("application/json", list.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>An error that repeats what was asked repeats it as JSON.</summary>
    [Theory]
    [InlineData("/<script>alert(1)</script>")]
    [InlineData("/get/<svg onload=alert(1)>")]
    [InlineData("/accounts/<script>/ttl")]
    [InlineData("/get/k?account=<script>")]
    public async Task Error_ThatRepeatsTheRequest_IsNoPage(string path)
    {
        using var answer = await stack.Root.GetAsync(new Uri(stack.Address + path.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>
    /// What no HTTP request can carry, an envelope can: line ends in a header's value, a name that is no name. Whoever wrote it past both ways in, it comes
    /// out as no header, and its reason is one line of the worker's log.
    /// </summary>
    [Fact]
    public async Task Envelope_WithLineEnds_IsNoHeaderAndNoLine()
    {
        var account = ApiStack.NewAccount();
        string[] hostile =
        [
            Hook(account, "\"contentType\":\"text/plain\\r\\nSet-Cookie: forged=1\""),
            Hook(account, "\"contentType\":\"text/plain\",\"headers\":{\"x-a\":\"1\\r\\nSet-Cookie: forged=1\"}"),
            Hook(account, "\"contentType\":\"text/plain\",\"headers\":{\"x-a\":\"\\u0000\\u001b[2J\"}"),
            Hook(account, "\"contentType\":\"text/plain\",\"forged\\nfail: forged-line\":1"),
            "not json\nfail: forged-line",
        ];
        using var sqs = stack.NewSqs();
        // A name that is none is a header that is not kept.
        var nameless = Hook(account, "\"contentType\":\"text/plain\",\"headers\":{\"x-a\\r\\nset-cookie\":\"forged=1\"}").Replace("hostile", "nameless", StringComparison.Ordinal);
        foreach (var body in hostile.Append(nameless)) await sqs.SendMessageAsync($"{stack.Sqs}000000000000/setget-events", body);

        using var kept = await stack.Root.GetAsync($"/get/nameless?account={account}&wait=20");
        await LettersAsync(account, hostile.Length - 1);
        using var refused = await stack.Root.GetAsync($"/get/hostile?account={account}");

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        await refused.IsProblemAsync(404, "not-found");
        Assert.DoesNotContain(kept.Headers.Concat(refused.Headers), header => header.ToString().Contains("forged", StringComparison.Ordinal));
        Assert.DoesNotContain(stack.WorkerSaid.Split('\n'), line => line.StartsWith("fail: forged-line", StringComparison.Ordinal) || line.Any(c => char.IsControl(c) && c is not '\t'));
    }

    /// <summary>Each message of the API's log is one line, whatever was asked, also where it tells of a store that does not answer.</summary>
    [Fact]
    public async Task Log_OfHostileRequests_HasOneLineForEach()
    {
        var log = new Lines();
        var settings = ApiStack.Settings($"127.0.0.1:{StoreServer.FreePort()},abortConnect=false,connectTimeout=500", stack.Sqs);
        await using var api = await RunningApi.StartAsync(settings, services => services.AddSingleton<ILoggerProvider>(log));
        const string Forged = "%0d%0afail:%20forged%1b%5b2J%e2%80%a8";
        string[] paths = [$"/get/a{Forged}", $"/get/k?account=a{Forged}", $"/accounts/a{Forged}/ttl", $"/accounts/a/flows/f{Forged}/ttl", $"/x{Forged}", $"/dead-letters/{Forged}/redrive"];
        using var other = api.NewClient($"sg_{new string('0', 16)}_{new string('A', 43)}");

        // At once: each waits for a store that is not there.
        foreach (var answer in await Task.WhenAll(paths.SelectMany(path => new[] { api.Root.GetAsync(path), other.GetAsync(path) }))) answer.Dispose();
        await api.Root.SetAsync("a", "k", "\"\\r\\nfail: forged\"");
        Assert.Contains(log.Messages, message => message.Contains("did not answer for", StringComparison.Ordinal));
        Assert.Contains(log.Messages, message => message.StartsWith("Accepted event", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Messages, message => message.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'));
    }

    private static string Hook(string account, string rest) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"v":1,"id":"{{{Guid.CreateVersion7()}}}","acceptedAt":{{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}},"sender":"root","hook":{"accountId":"{{{account}}}","flowId":"f","webhookKeys":["hostile"],{{{rest}}},"body":"YQ=="}}""");

    /// <summary>Returns once so many of the account's messages are dead letters; the list itself waits for nothing.</summary>
    private async Task LettersAsync(string account, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            var page = JsonDocument.Parse(await stack.Root.GetStringAsync("/dead-letters?limit=1000", limit.Token)).RootElement;
            var found = page.GetProperty("deadLetters").EnumerateArray().Count(each => each.GetProperty("body").GetString()!.Contains(account, StringComparison.Ordinal));
            if (found >= count) return;
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Messages.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
