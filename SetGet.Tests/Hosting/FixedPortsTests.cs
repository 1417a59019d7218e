using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Testing;

namespace SetGet.Tests.Hosting;

/// <summary>The ports that the app host always has: where another program has one, it says so and does not start.</summary>
public sealed partial class FixedPortsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Port_ThatAnotherProgramHas_IsNamedWithTheWayOut()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var told = await StartAsync($"--Ports:api={port}");

        Assert.Contains($"{port} (api): ", told, StringComparison.Ordinal);
        Assert.Contains($"--Ports:api {port + 100}", told, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux()) Assert.Contains($"process {Environment.ProcessId}, has it", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Ports:api=many", "Ports:api is 'many'")]
    [InlineData("--Ports:worker=1", "Ports:worker is no port of SetGet")]
    public async Task Ports_ConfiguredWrongly_AreRefusedByName(string argument, string message)
        => Assert.Contains(message, await StartAsync(argument), StringComparison.Ordinal);

    [Theory]
    [InlineData("api", "api", "http", 5080)]
    [InlineData("gateway", "aws", "gateway", 5081)]
    [InlineData("sqs", "aws", "sqs", 5082)]
    [InlineData("redis", "redis", "tcp", 5083)]
    public async Task Port_IsAsTheReadmeSays_OrAsConfigured(string key, string resource, string endpoint, int usual)
    {
        Assert.Equal(usual, await PortAsync(resource, endpoint));
        Assert.Equal(usual + 20000, await PortAsync(resource, endpoint, $"--Ports:{key}={(usual + 20000).ToString(CultureInfo.InvariantCulture)}"));
    }

    /// <summary>A second SetGet, on the ports that the first one's presence makes it offer, has none of the first's.</summary>
    [Fact]
    public async Task Ports_OfferedForASecondOne_AreNoneOfTheFirst()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var profile = await File.ReadAllTextAsync(Path.Combine(Projects.SetGet_AppHost.ProjectPath, "Properties", "launchSettings.json"), limit.Token);
        int[] first = [5080, 5081, 5082, 5083, .. LocalPort().Matches(profile).Select(match => int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture))];

        Assert.True(first.Length >= 8);
        Assert.Empty(first.Intersect(first.Select(port => port + 100)));
    }

    /// <summary>That Aspire finds nothing which would speak HTTPS: else a machine without a trusted certificate is warned on every page of the dashboard.</summary>
    [Fact]
    public async Task Resources_AskForNoCertificate()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>([], limit.Token);

#pragma warning disable ASPIRECERTIFICATES001 // Experimental.
        var asking = builder.Resources
            .Where(each => each.Annotations.OfType<HttpsCertificateConfigurationCallbackAnnotation>().Any())
            .Where(each => each.Annotations.OfType<HttpsCertificateAnnotation>().LastOrDefault() is not { UseDeveloperCertificate: false });
#pragma warning restore ASPIRECERTIFICATES001

        Assert.Empty(asking.Select(each => each.Name));
        Assert.DoesNotContain(builder.Resources.SelectMany(each => each.Annotations).OfType<EndpointAnnotation>(), endpoint => endpoint.UriScheme == "https");
    }

    /// <summary>What the app host says and exits with 1, as a process: within a test's own it would have free ports.</summary>
    private static async Task<string> StartAsync(string argument)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        // As it was built for itself, with its own frameworks: bin/CONFIGURATION/FRAMEWORK, as this.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Projects.SetGet_AppHost.ProjectPath, "bin", output.Parent!.Name, output.Name, "SetGet.AppHost.dll");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => NodePackages.RunAsync(AppContext.BaseDirectory, "dotnet", ["exec", program, argument], "", limit.Token));
        return refused.Message;
    }

    private static async Task<int?> PortAsync(string resource, string endpoint, params string[] args)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>(args, limit.Token);
        return builder.Resources.Single(each => each.Name == resource).Annotations.OfType<EndpointAnnotation>().Single(each => each.Name == endpoint).Port;
    }

    [GeneratedRegex(@"localhost:(?<port>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LocalPort();
}
