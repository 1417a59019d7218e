using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using SetGet.Worker;

namespace SetGet.Tests.Worker;

/// <summary>Workers beside each other on one machine do not want the same port.</summary>
public sealed class HealthAddressTests
{
    [Fact]
    public async Task Worker_WithoutAnAddress_ListensOnAFreePortOfLoopback()
    {
        await using var one = Builder().UseFreePortByDefault().Build();
        await using var two = Builder().UseFreePortByDefault().Build();
        await one.StartAsync();
        await two.StartAsync();
        var addresses = new[] { new Uri(one.Urls.Single()), new Uri(two.Urls.Single()) };
        Assert.All(addresses, a => Assert.Equal("127.0.0.1", a.Host));
        Assert.NotEqual(addresses[0].Port, addresses[1].Port);
    }

    [Theory]
    [InlineData("urls", "http://localhost:7777", "http://localhost:7777")]
    [InlineData("http_ports", "7778", null)]
    [InlineData("https_ports", "7779", null)]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://localhost:7780", null)]
    public void Worker_WithAnAddress_KeepsIt(string key, string value, string? urls)
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection([new(key, value)]);
        Assert.Equal(urls, builder.UseFreePortByDefault().WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }

    private static WebApplicationBuilder Builder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var key in new[] { "urls", "http_ports", "https_ports" }) builder.Configuration[key] = null;
        return builder;
    }
}
