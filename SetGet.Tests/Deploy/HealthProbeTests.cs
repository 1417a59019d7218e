using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using SetGet.ServiceDefaults.Health;

namespace SetGet.Tests.Deploy;

/// <summary>The command that a container's health check runs.</summary>
public sealed class HealthProbeTests
{
    [Theory]
    [InlineData(200, 0)]
    [InlineData(204, 0)]
    [InlineData(404, 1)]
    [InlineData(503, 1)]
    public async Task Probe_Answer_DecidesTheExitCode(int status, int exitCode)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/alive", () => Results.StatusCode(status));
        await app.StartAsync();

        Assert.Equal(exitCode, await HealthProbe.RunAsync([HealthProbe.Argument, app.Urls.Single() + "/alive"]));
    }

    [Fact]
    public async Task Probe_NobodyListens_Fails()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound, not listening: nobody else gets the port

        Assert.Equal(1, await HealthProbe.RunAsync([HealthProbe.Argument, $"http://{taken.LocalEndPoint}/alive"]));
    }

    [Theory]
    [InlineData("--probe")]
    [InlineData("--probe", "here")]
    [InlineData("--probe", "https://127.0.0.1/alive")]
    [InlineData("--probe", "http://127.0.0.1/alive", "more")]
    public async Task Probe_NoAddress_IsAnError(params string[] arguments) => Assert.Equal(2, await HealthProbe.RunAsync(arguments));

    [Theory]
    [InlineData]
    [InlineData("--SetGet:GatewayKeys:a=acme")]
    [InlineData("--urls", "http://127.0.0.1:1")]
    public async Task Probe_OtherArguments_AreTheProgramsOwn(params string[] arguments) => Assert.Null(await HealthProbe.RunAsync(arguments));
}
