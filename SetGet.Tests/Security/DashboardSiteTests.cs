using System.Net;
using Aspire.Hosting.Testing;
using SetGet.Tests.Dashboard;

namespace SetGet.Tests.Security;

/// <summary>Aspire's dashboard, which shows environments, logs and events, before a page of another site.</summary>
[Collection(DashboardCollection.Name)]
public sealed class DashboardSiteTests(DashboardFixture dashboard)
{
    private const string Attacker = "attacker.example";

    /// <summary>A page whose host was made to point here has no cookie of localhost, and nothing is shown without it.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/structuredlogs")]
    [InlineData("/traces")]
    [InlineData("/consolelogs/resource/api")]
    [InlineData("/login?t=a-wrong-token&returnUrl=%2F")]
    public async Task Page_WithoutTheTokensCookie_IsTheLogin(string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = dashboard.Page };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = Attacker;

        using var answer = await http.SendAsync(request);

        var isLogin = answer.StatusCode is HttpStatusCode.Redirect ? answer.Headers.Location!.OriginalString.Contains("login", StringComparison.Ordinal)
            : path.StartsWith("/login", StringComparison.Ordinal) || answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized;
        Assert.True(isLogin, $"{path} answers {answer.StatusCode} {answer.Headers.Location}");
        Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(value => value.Contains(".Auth", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Telemetry_OfAnotherSite_IsNotAllowed()
    {
        using var http = new HttpClient { BaseAddress = dashboard.App.GetEndpoint(DashboardFixture.Dashboard, "otlp-http") };
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/logs");
        request.Headers.Add("Origin", $"https://{Attacker}");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "x-otlp-api-key,content-type");

        using var answer = await http.SendAsync(request);

        Assert.False(
            answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Any(origin => origin is "*" || origin.Contains(Attacker, StringComparison.Ordinal)));
    }
}
