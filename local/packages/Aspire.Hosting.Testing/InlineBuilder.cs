using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>A builder that a test composes itself.</summary>
internal static class InlineBuilder
{
    public static IDistributedApplicationTestingBuilder Create(
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        var options = new DistributedApplicationOptions
        {
            Args = args,
            DisableDashboard = true,
            AssemblyName = Assembly.GetExecutingAssembly().GetName().Name,
            ProjectDirectory = Directory.GetCurrentDirectory(),
        };
        var settings = new HostApplicationBuilderSettings
        {
            EnvironmentName = Environments.Development,
            Configuration = new ConfigurationManager(),
        };
        settings.Configuration.AddInMemoryCollection(TestDefaults.Configuration(Assembly.GetExecutingAssembly()));
        configure(options, settings);
        var builder = new DistributedApplicationBuilder(options, settings);
        return new TestingBuilder(builder, _ => Task.FromResult(builder.Build()), () => { });
    }
}
