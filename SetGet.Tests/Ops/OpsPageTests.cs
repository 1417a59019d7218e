using System.Net;
using System.Text.RegularExpressions;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Ops;

/// <summary>The page as it is served, without a browser.</summary>
[Collection(AppCollection.Name)]
public sealed partial class OpsPageTests : IDisposable
{
    private readonly HttpClient _client;

    public OpsPageTests(AppFixture app) => _client = new HttpClient { BaseAddress = app.Api.BaseAddress };

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("default-src 'none'")]
    [InlineData("script-src 'self'")]
    [InlineData("style-src 'self'")]
    [InlineData("connect-src 'self'")]
    [InlineData("img-src 'self' data:")]
    [InlineData("base-uri 'none'")]
    [InlineData("form-action 'none'")]
    [InlineData("frame-ancestors 'none'")]
    public async Task Page_WithoutAKey_HasTheStrictPolicy(string directive)
    {
        using var response = await _client.GetAsync("/ops");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains(directive, response.Headers.GetValues("Content-Security-Policy").Single().Split("; "));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Files_FromThePageOn_AreAllServedAndNameNoOtherHost()
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(["/ops"]);
        while (open.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            using var response = await _client.GetAsync(path);
            Assert.True(response.IsSuccessStatusCode, $"{path} answers {response.StatusCode}");
            var text = await response.Content.ReadAsStringAsync();
            Assert.DoesNotMatch(OtherHost, text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
            foreach (Match match in Reference.Matches(text)) open.Enqueue(new Uri(new Uri(_client.BaseAddress!, path), match.Groups["path"].Value).AbsolutePath);
        }

        Assert.Contains("/ops/js/views/dead-letters.js", seen);
        Assert.Contains("/ops/css/views.css", seen);
    }

    [Fact]
    public async Task Page_HasNothingInline()
    {
        var html = await _client.GetStringAsync("/ops/");
        Assert.DoesNotMatch(Inline, html);
    }

    [Fact]
    public async Task File_Unchanged_IsNotSentAgain()
    {
        using var first = await _client.GetAsync("/ops/js/app.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ops/js/app.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/ops/no-such-file.js")]
    [InlineData("/ops/js/..%2f..%2fappsettings.json")]
    [InlineData("/ops/%2e%2e/Program.cs")]
    public async Task File_ThatIsNotThePages_Is404(string path)
    {
        using var response = await _client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/ops/api/session")]
    [InlineData("/ops/api/flow")]
    [InlineData("/ops/api/queues")]
    [InlineData("/ops/api/accounts")]
    [InlineData("/ops/api/accounts/acme")]
    [InlineData("/ops/api/accounts/acme/flows")]
    [InlineData("/ops/api/accounts/acme/events")]
    public async Task Numbers_WithoutTheRootKey_AreRefused(string path)
    {
        using var response = await _client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("/ops/api/flow?seconds=901", "seconds")]
    [InlineData("/ops/api/accounts?limit=0", "limit")]
    [InlineData("/ops/api/accounts?startsWith=%2F", "startsWith")]
    [InlineData("/ops/api/accounts/-", "accountId")]
    [InlineData("/ops/api/accounts/-/flows", "accountId")]
    [InlineData("/ops/api/accounts/-/events", "accountId")]
    public async Task Numbers_WrongQuestion_NamesTheField(string path, string field)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Api-Key", OpsSite.RootKey);
        using var response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{field}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [GeneratedRegex("""(?:src|href)="(?<path>/ops/[^"#]+)"|from '(?<path>\.[^']+)'""")]
    private static partial Regex Reference { get; }

    [GeneratedRegex("""https?://|url\(|@import|fetch\('""")]
    private static partial Regex OtherHost { get; }

    [GeneratedRegex("""<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)""")]
    private static partial Regex Inline { get; }
}
