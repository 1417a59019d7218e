using System.Net;
using Aspire.Hosting.Testing;
using SetGet.Tests.EndToEnd;

namespace SetGet.Tests.Security;

/// <summary>
/// A developer whose SetGet runs looks at a page of the internet. Everybody knows a laptop's keys, so only what the browser says of that page can keep it
/// out: the host that the page made point here (DNS rebinding), its origin, and that its sites are two.
/// </summary>
[Collection(AppCollection.Name)]
public sealed class LaptopTests(AppFixture app)
{
    private const string Attacker = "attacker.example";

    [Theory]
    [InlineData("api", "http", "/get/k?account=acme", HttpStatusCode.BadRequest)]
    [InlineData("api", "http", "/ops", HttpStatusCode.BadRequest)]
    [InlineData("api", "http", "/health", HttpStatusCode.BadRequest)]
    [InlineData("worker", "http", "/health", HttpStatusCode.BadRequest)]
    [InlineData("aws", "gateway", "/v1/set", HttpStatusCode.Forbidden)]
    [InlineData("aws", "sqs", "/?Action=ListQueues", HttpStatusCode.Forbidden)]
    public async Task Host_ThatWasMadeToPointHere_IsRefused(string resource, string endpoint, string path, HttpStatusCode refusal)
    {
        foreach (var host in new[] { Attacker, $"{Attacker}:5080", $"localhost.{Attacker}", $"127.0.0.1.{Attacker}", "0x7f.1.attacker.example" })
            Assert.Equal(refusal, await StatusAsync(resource, endpoint, HttpMethod.Get, path, ("Host", host)));
        Assert.NotEqual(refusal, await StatusAsync(resource, endpoint, HttpMethod.Get, path, ("Host", "localhost")));
    }

    /// <summary>A form, or a script that does not want the answer: sent by any browser without asking first.</summary>
    [Theory]
    [InlineData("gateway", "/v1/set")]
    [InlineData("gateway", "/v1/signed/acme/orders/k")]
    [InlineData("sqs", "/")]
    public async Task Form_OfAnotherSite_IsRefused(string endpoint, string path)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("aws", endpoint, HttpMethod.Post, path, ("Origin", $"https://{Attacker}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("aws", endpoint, HttpMethod.Post, path, ("Origin", "null")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("aws", endpoint, HttpMethod.Get, path, ("Sec-Fetch-Site", "cross-site")));
    }

    /// <summary>The API takes no credential that a browser adds by itself, and no browser is told that another site may send its header.</summary>
    [Theory]
    [InlineData("POST", "/set")]
    [InlineData("POST", "/hooks/acme/orders/k")]
    [InlineData("DELETE", "/get/k")]
    [InlineData("GET", "/get/k")]
    [InlineData("POST", "/dead-letters/redrive")]
    public async Task Api_AskedByAnotherSite_AllowsNothing(string method, string path)
    {
        using var http = app.NewApiClient(null);
        using var asking = new HttpRequestMessage(HttpMethod.Options, path);
        asking.Headers.Add("Origin", $"https://{Attacker}");
        asking.Headers.Add("Access-Control-Request-Method", method);
        asking.Headers.Add("Access-Control-Request-Headers", "x-api-key");
        using var sending = new HttpRequestMessage(HttpMethod.Parse(method), path) { Content = new StringContent("{}") };
        sending.Headers.Add("Origin", $"https://{Attacker}");
        sending.Headers.Add("Cookie", "X-Api-Key=dev-root-key");

        using var asked = await http.SendAsync(asking);
        using var sent = await http.SendAsync(sending);

        Assert.DoesNotContain(asked.Headers.Concat(sent.Headers), header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(HttpStatusCode.Unauthorized, sent.StatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync(string resource, string endpoint, HttpMethod method, string path, (string Name, string Value) header)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(app.App.GetEndpoint(resource, endpoint), path));
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        request.Headers.Add("X-Api-Key", resource == "aws" ? "dev-gateway-key" : "dev-root-key");
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
