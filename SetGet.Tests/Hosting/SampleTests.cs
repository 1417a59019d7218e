using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace SetGet.Tests.Hosting;

/// <summary>What a started application is like.</summary>
[Collection(SampleCollection.Name)]
public sealed class SampleTests
{
    private readonly SampleFixture _sample;

    public SampleTests(SampleFixture sample) => _sample = sample;

    [Fact]
    public async Task Job_RunToItsEnd_IsFinishedAndItsConsoleKept()
    {
        var job = (await SampleFixture.ProcessesAsync(_sample.App, "job", 1)).Single();

        Assert.Equal(KnownResourceStates.Finished, job.Snapshot.State?.Text);
        Assert.Equal(0, job.Snapshot.ExitCode);
        Assert.Contains("hello, job done", await SampleFixture.ConsoleAsync(_sample.App, "job"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiter_StartsAfterWhatItWaitsFor()
    {
        var job = (await SampleFixture.ProcessesAsync(_sample.App, "job", 1)).Single().Snapshot;
        var web = await SampleFixture.ProcessesAsync(_sample.App, "web", 2);
        var front = (await SampleFixture.ProcessesAsync(_sample.App, "front", 1)).Single().Snapshot;

        Assert.All(web, w => Assert.True(w.Snapshot.StartTimeStamp >= job.StopTimeStamp));
        Assert.All(web, w => Assert.True(front.StartTimeStamp >= w.Snapshot.StartTimeStamp));
    }

    [Fact]
    public async Task Replicas_ShareOneEndpoint()
    {
        var seen = new HashSet<int>();
        for (var i = 0; i < 20 && seen.Count < 2; i++)
        {
            // A new connection each time: the proxy spreads connections, not requests.
            using var client = new HttpClient { BaseAddress = _sample.App.GetEndpoint("web") };
            seen.Add(await client.GetFromJsonAsync<int>("/process"));
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task Reference_GivesServiceDiscoveryAndEndpointVariables()
    {
        var environment = await SampleFixture.EnvironmentAsync(_sample.App, "front");
        var web = _sample.App.GetEndpoint("web").GetLeftPart(UriPartial.Authority);

        Assert.Equal(web, environment["services__web__http__0"]);
        Assert.Equal(web, environment["WEB_HTTP"]);
        Assert.Equal($"<{web}>", environment["WEB_ADDRESS"]);
        Assert.Equal(_sample.App.GetEndpoint("front").GetLeftPart(UriPartial.Authority), environment["ASPNETCORE_URLS"]);
        Assert.Equal("front", environment["OTEL_SERVICE_NAME"]);
        Assert.DoesNotContain("DOTNET_LAUNCH_PROFILE", environment.Keys);
        using var client = _sample.App.CreateHttpClient("front");
        Assert.Equal(["--target", $"{_sample.App.GetEndpoint("web").Port}"], await client.GetFromJsonAsync<string[]>("/arguments") ?? []);
    }

    [Fact]
    public async Task LaunchProfile_GivesVariablesAndPlainHttpAlone()
    {
        var environment = await SampleFixture.EnvironmentAsync(_sample.App, "web");

        Assert.Equal("yes", environment["FROM_PROFILE"]);
        Assert.Equal("Staging", environment["ASPNETCORE_ENVIRONMENT"]);
        Assert.Equal("https", environment["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("a-secret-token", environment["TOKEN"]);
        Assert.DoesNotContain("https://", environment["ASPNETCORE_URLS"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_Secret_IsMarkedAsOne()
    {
        var token = (await SampleFixture.ProcessesAsync(_sample.App, "token", 1)).Single();
        var greeting = (await SampleFixture.ProcessesAsync(_sample.App, "greeting", 1)).Single();

        Assert.True(token.Snapshot.Properties.Single(p => p.Name == "Value").IsSensitive);
        Assert.False(greeting.Snapshot.Properties.Single(p => p.Name == "Value").IsSensitive);
    }

    [Fact]
    public async Task Command_OfComposition_AnswersItsResult()
    {
        var result = await _sample.App.ResourceCommands.ExecuteCommandAsync("web", "greet");
        var web = _sample.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == "web");
        var results = await _sample.App.ResourceCommands.ExecuteCommandAsync(web, "greet");

        Assert.False(result.Success);
        Assert.Equal("nobody is here", results.ErrorMessage);
        var offered = (await SampleFixture.ProcessesAsync(_sample.App, "web", 2))[0].Snapshot.Commands.Single(c => c.Name == "greet");
        Assert.Equal("Really?", offered.ConfirmationMessage);
    }

    [Fact]
    public async Task TwoAppHosts_AtOnce_HavePortsOfTheirOwn()
    {
        using var limit = new CancellationTokenSource(SampleFixture.Limit, TimeProvider.System);
        await using var other = await SampleFixture.StartAsync(limit.Token, "--Parameters:greeting=ignored");

        Assert.NotEqual(_sample.App.GetEndpoint("front"), other.GetEndpoint("front"));
        using var one = _sample.App.CreateHttpClient("front");
        using var two = other.CreateHttpClient("front");
        Assert.NotEqual(await one.GetFromJsonAsync<int>("/process"), await two.GetFromJsonAsync<int>("/process"));
    }
}
