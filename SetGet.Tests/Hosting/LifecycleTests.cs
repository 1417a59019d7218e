using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace SetGet.Tests.Hosting;

/// <summary>Start, end, restart and failure of single resources.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task ExplicitStart_RunsByCommandAlone()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("idle", Dotnet, ".", "--version").WithExplicitStart();
        await using var app = await StartAsync(builder, limit.Token);

        await app.ResourceNotifications.WaitForResourceAsync("idle", KnownResourceStates.NotStarted, limit.Token);
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync("idle", KnownResourceCommands.StartCommand, limit.Token)).Success);
        await app.ResourceNotifications.WaitForResourceAsync("idle", KnownResourceStates.Finished, limit.Token);
    }

    [Fact]
    public async Task Restart_OfHealthyResource_RunsAnewAndIsHealthyAgain()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        await using var app = await SampleFixture.StartAsync(limit.Token);
        var before = (await SampleFixture.ProcessesAsync(app, "front", 1)).Single().Snapshot.StartTimeStamp;

        var result = await app.ResourceCommands.ExecuteCommandAsync("front", KnownResourceCommands.RestartCommand, limit.Token);
        var again = await app.ResourceNotifications.WaitForResourceHealthyAsync("front", limit.Token);

        Assert.True(result.Success, result.ErrorMessage);
        Assert.True(again.Snapshot.StartTimeStamp > before);
        using var client = app.CreateHttpClient("front");
        Assert.Equal("fine", await client.GetStringAsync(new Uri("/health", UriKind.Relative), limit.Token));
    }

    [Fact]
    public async Task Exit_OfItself_IsReportedWithCodeAndLastLines()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        await using var app = await SampleFixture.StartAsync(limit.Token);
        using var client = app.CreateHttpClient("front");
        try
        {
            using var answer = await client.PostAsync(new Uri("/exit/3", UriKind.Relative), content: null, limit.Token);
        }
        catch (HttpRequestException)
        {
            // It may leave before it answers.
        }

        await app.ResourceNotifications.WaitForResourceAsync("front", KnownResourceStates.Exited, limit.Token);
        Assert.True(app.ResourceNotifications.TryGetCurrentState("front", out var front));
        Assert.Equal(3, front!.Snapshot.ExitCode);
        Assert.Contains("leaving with 3", await SampleFixture.ConsoleAsync(app, "front"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhereProgramIsMissing_FailsAndSaysSo()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("ghost", "no-such-program-anywhere", ".");
        await using var app = await StartAsync(builder, limit.Token);

        await app.ResourceNotifications.WaitForResourceAsync("ghost", KnownResourceStates.FailedToStart, limit.Token);
        Assert.Contains("no-such-program-anywhere", await SampleFixture.ConsoleAsync(app, "ghost"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WherePortIsInUse_FailsAndNamesPortAndResource()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("wants", Dotnet, ".", "--version").WithHttpEndpoint(port: port, isProxied: false);
        await using var app = await StartAsync(builder, limit.Token);

        await app.ResourceNotifications.WaitForResourceAsync("wants", KnownResourceStates.FailedToStart, limit.Token);
        var console = await SampleFixture.ConsoleAsync(app, "wants");
        Assert.Contains($"Port {port} of resource 'wants'", console, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitForCompletion_OfWhatFails_FailsToo()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddExecutable("first", Dotnet, ".", "no-such-command-of-dotnet");
        builder.AddExecutable("second", Dotnet, ".", "--version").WaitForCompletion(first);
        await using var app = await StartAsync(builder, limit.Token);

        await app.ResourceNotifications.WaitForResourceAsync("second", KnownResourceStates.FailedToStart, limit.Token);
        Assert.Contains("exit code 0", await SampleFixture.ConsoleAsync(app, "second"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_WithoutValue_KeepsItsUserFromStarting()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        var builder = DistributedApplicationTestingBuilder.Create();
        var missing = builder.AddParameter("missing");
        builder.AddExecutable("user", Dotnet, ".", "--version").WithEnvironment("X", missing);
        await using var app = await StartAsync(builder, limit.Token);

        await app.ResourceNotifications.WaitForResourceAsync("user", KnownResourceStates.FailedToStart, limit.Token);
        Assert.Contains("Parameters:missing", await SampleFixture.ConsoleAsync(app, "user"), StringComparison.Ordinal);
    }

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static async Task<DistributedApplication> StartAsync(
        IDistributedApplicationTestingBuilder builder,
        CancellationToken cancellationToken)
    {
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return app;
    }
}
