using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>The builder that an entry point made, and the way to let the entry point go on.</summary>
internal sealed class TestingBuilder : IDistributedApplicationTestingBuilder
{
    private readonly IDistributedApplicationBuilder _inner;
    private readonly Func<CancellationToken, Task<DistributedApplication>> _build;
    private readonly Action _abandon;
    private DistributedApplication? _application;

    public TestingBuilder(
        IDistributedApplicationBuilder inner,
        Func<CancellationToken, Task<DistributedApplication>> build,
        Action abandon)
    {
        _inner = inner;
        _build = build;
        _abandon = abandon;
    }

    public ConfigurationManager Configuration => _inner.Configuration;

    public string AppHostDirectory => _inner.AppHostDirectory;

    public Assembly? AppHostAssembly => _inner.AppHostAssembly;

    public IHostEnvironment Environment => _inner.Environment;

    public IServiceCollection Services => _inner.Services;

    public DistributedApplicationExecutionContext ExecutionContext => _inner.ExecutionContext;

    public IDistributedApplicationEventing Eventing => _inner.Eventing;

    public IResourceCollection Resources => _inner.Resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
        => _inner.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
        => _inner.CreateResourceBuilder(resource);

    public DistributedApplication Build() => BuildAsync(CancellationToken.None).GetAwaiter().GetResult();

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default)
        => _application ??= await _build(cancellationToken);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        _abandon();
        if (_application is not null)
            await _application.DisposeAsync();
    }
}
