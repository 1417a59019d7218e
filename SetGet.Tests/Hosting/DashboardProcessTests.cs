using System.Diagnostics;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace SetGet.Tests.Hosting;

/// <summary>The dashboard as one of the resources of an application: here its only one.</summary>
public sealed class DashboardProcessTests
{
    /// <summary>The first run on a machine fetches the dashboard.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private const string Dashboard = "aspire-dashboard";

    [NeedsFact(Needs.Npm | Needs.Linux)]
    public async Task Dashboard_Killed_IsStartedAgain()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var builder = DistributedApplicationTestingBuilder.Create(
            [
                "--ASPNETCORE_URLS=http://localhost:15080",
                "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:19080",
                "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
                "--ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN=a-token",
            ],
            (options, _) => options.DisableDashboard = false);
        await using var app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        var first = await app.ResourceNotifications.WaitForResourceHealthyAsync(Dashboard, limit.Token);

        using (var process = Process.GetProcessById((int)first.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value!))
            process.Kill();
        await app.ResourceNotifications.WaitForResourceAsync(
            Dashboard, e => e.Snapshot.StartTimeStamp > first.Snapshot.StartTimeStamp, limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(Dashboard, limit.Token);

        // It asks whoever comes without the token for it.
        using var http = new HttpClient { BaseAddress = app.GetEndpoint(Dashboard) };
        using var page = await http.GetAsync(new Uri("/", UriKind.Relative), limit.Token);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/login", page.RequestMessage?.RequestUri?.AbsolutePath);
    }

    [Fact]
    public async Task Dashboard_WithoutLeaveForPlainHttp_IsRefusedWithTheKeyToSet()
    {
        var builder = DistributedApplicationTestingBuilder.Create(
            ["--ASPNETCORE_URLS=http://localhost:15080", "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:19080"],
            (options, _) => options.DisableDashboard = false);
        await using var app = await builder.BuildAsync();

        var refused = await Assert.ThrowsAsync<Aspire.Hosting.DistributedApplicationException>(() => app.StartAsync());

        Assert.Contains("ASPIRE_ALLOW_UNSECURED_TRANSPORT", refused.Message, StringComparison.Ordinal);
    }
}
