using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SetGet.Tests.ServiceDefaults;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task Health_OneCheckFails_Is503AndNamesIt()
    {
        await using var app = await StartAsync(checks => checks
            .AddCheck("good", static () => HealthCheckResult.Healthy())
            .AddCheck("bad", static () => HealthCheckResult.Unhealthy("It rests."))
            .AddCheck("broken", static () => throw new InvalidOperationException("a secret detail")));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var response = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var report = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Unhealthy", report.GetProperty("status").GetString());
        var checks = report.GetProperty("checks");
        Assert.Equal("Healthy", checks.GetProperty("good").GetProperty("status").GetString());
        Assert.Equal("It rests.", checks.GetProperty("bad").GetProperty("description").GetString());
        Assert.DoesNotContain("a secret detail", report.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alive_OtherChecksFail_Is200()
    {
        await using var app = await StartAsync(checks => checks.AddCheck("bad", static () => HealthCheckResult.Unhealthy()));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var report = await client.GetFromJsonAsync<JsonElement>("/alive");
        Assert.Equal(["self"], report.GetProperty("checks").EnumerateObject().Select(c => c.Name));
    }

    [Fact]
    public async Task Health_CheckHangs_IsAnsweredAsUnhealthy()
    {
        await using var app = await StartAsync(checks => checks.AddAsyncCheck("hangs", static async cancelled =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
            return HealthCheckResult.Healthy();
        }));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var response = await client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static async Task<WebApplication> StartAsync(Action<IHealthChecksBuilder> add)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        add(builder.Services.AddHealthChecks());
        var app = builder.Build();
        app.MapDefaultEndpoints();
        await app.StartAsync();
        return app;
    }
}
