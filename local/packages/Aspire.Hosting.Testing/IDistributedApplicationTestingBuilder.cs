using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>An app host as its entry point has composed it, for a test to change before it is built.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    new ConfigurationManager Configuration { get; }

    new string AppHostDirectory { get; }

    new Assembly? AppHostAssembly { get; }

    new IHostEnvironment Environment { get; }

    new IServiceCollection Services { get; }

    new DistributedApplicationExecutionContext ExecutionContext { get; }

    new IDistributedApplicationEventing Eventing { get; }

    new IResourceCollection Resources { get; }

    new IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    new IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
