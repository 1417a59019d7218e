using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace SetGet.Tests.Hosting;

/// <summary>HTTPS on a laptop is asked for: it needs a certificate that this machine trusts.</summary>
public sealed class HttpsTests
{
    [Theory]
    [InlineData("--nothing", "http")]
    [InlineData("--https", "http", "https")]
    public async Task Api_SpeaksHttps_WhereItIsAskedFor(string argument, params string[] schemes)
    {
        // What is not started need not be built either: an application that was only built takes half a minute to end.
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SetGet_AppHost>([argument]);
        var resources = builder.Resources;
        var endpoints = resources.Single(resource => resource.Name == "api").Annotations.OfType<EndpointAnnotation>();
        Assert.Equal(schemes, endpoints.Select(endpoint => endpoint.UriScheme));
        Assert.All(resources.Where(resource => resource.Name != "api"), resource => Assert.DoesNotContain(resource.Annotations.OfType<EndpointAnnotation>(), endpoint => endpoint.UriScheme == "https"));
    }
}
