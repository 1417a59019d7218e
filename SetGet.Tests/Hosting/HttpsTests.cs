using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace SetGet.Tests.Hosting;

/// <summary>HTTPS on a laptop is asked for: it needs a certificate that this machine trusts.</summary>
public sealed class HttpsTests
{
    [Theory]
    [InlineData("--nothing", "http")]
    [InlineData("--https", "http", "https")]
    public async Task Api_SpeaksHttps_WhereItIsAskedFor(string argument, params string[] schemes)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>([argument]);
        await using var app = await builder.BuildAsync();
        var resources = app.Services.GetRequiredService<DistributedApplicationModel>().Resources;
        var endpoints = resources.Single(resource => resource.Name == "api").Annotations.OfType<EndpointAnnotation>();
        Assert.Equal(schemes, endpoints.Select(endpoint => endpoint.UriScheme));
        Assert.All(resources.Where(resource => resource.Name != "api"), resource => Assert.DoesNotContain(resource.Annotations.OfType<EndpointAnnotation>(), endpoint => endpoint.UriScheme == "https"));
    }
}
