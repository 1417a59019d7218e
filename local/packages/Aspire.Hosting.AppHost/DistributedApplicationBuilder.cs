using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Building;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>The builder behind <see cref="DistributedApplication.CreateBuilder()"/>.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly BuilderInterceptor? _interceptor = BuilderInterceptor.Current;
    private readonly DistributedApplicationExecutionContextOptions _contextOptions;
    private readonly DistributedApplicationOptions _options;
    private bool _built;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
        : this(options, new HostApplicationBuilderSettings { Configuration = new ConfigurationManager() })
    {
    }

    internal DistributedApplicationBuilder(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _interceptor?.OnConstructing(options, settings);

        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? AppHostMetadata.ProjectDirectory(AppHostAssembly) ?? Directory.GetCurrentDirectory();
        _host = HostSetup.CreateHost(options, settings, AppHostDirectory, AppHostAssembly);
        _contextOptions = HostSetup.ExecutionOptions(_host.Configuration);
        ExecutionContext = new DistributedApplicationExecutionContext(_contextOptions);
        HostSetup.AddServices(this, options);
        _interceptor?.OnConstructed(this);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; }

    public Assembly? AppHostAssembly { get; }

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
        => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        if (_built)
            throw new InvalidOperationException("The application has been built already.");
        _built = true;
        _interceptor?.OnBuilding(this);
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        DashboardResource.AddTo(this, _options);
        EngineSetup.AddEngine(this);
        ResourceDefaults.Apply(this);
        var host = _host.Build();
        _contextOptions.ServiceProvider = host.Services;
        var application = new DistributedApplication(host, waitsForTest: _interceptor is not null);
        _interceptor?.OnBuilt(application);
        return application;
    }
}
