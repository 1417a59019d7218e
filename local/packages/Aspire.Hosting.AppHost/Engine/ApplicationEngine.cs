using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Engine;

/// <summary>Starts the resources of an application, and stops them in order.</summary>
internal sealed class ApplicationEngine : IHostedService, IAsyncDisposable
{
    private const string IdCharacters = "abcdefghjkmnpqrstuvwxyz";
    private const int IdLength = 8;

    private readonly DistributedApplicationModel _model;
    private readonly EngineServices _services;
    private readonly EngineOptions _options;
    private readonly List<ResourceInstance> _instances = [];
    private readonly List<TcpProxy> _proxies = [];

    public ApplicationEngine(DistributedApplicationModel model, EngineServices services, EngineOptions options)
    {
        _model = model;
        _services = services;
        _options = options;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var eventing = _services.Eventing;
        await eventing.PublishAsync(new BeforeStartEvent(_services.Services, _model), cancellationToken);
        foreach (var resource in _model.Resources)
            EndpointAllocator.Allocate(resource, _options.RandomizePorts);
        PortConflicts.Check(_model.Resources);
        await eventing.PublishAsync(new AfterEndpointsAllocatedEvent(_services.Services, _model), cancellationToken);
        foreach (var resource in _model.Resources.OfType<IResourceWithEndpoints>())
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, _services.Services), cancellationToken);

        foreach (var resource in _model.Resources.Where(ResourceTypes.IsProcess))
            CreateInstances(resource);
        foreach (var resource in _model.Resources)
            await BeginAsync(resource, cancellationToken);
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(_services.Services, _model), cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var waves = StopOrder.Of([.. _instances.Select(i => i.Resource).Distinct()]);
        var began = _services.Time.GetTimestamp();
        for (var wave = 0; wave < waves.Count; wave++)
        {
            // Each group gets an equal share of the time that is left.
            var left = EngineOptions.StopLimit - _services.Time.GetElapsedTime(began);
            var patience = TimeSpan.FromTicks(Math.Max(left.Ticks, 0) / (waves.Count - wave));
            var stopping = waves[wave];
            await Task.WhenAll(_instances
                .Where(i => stopping.Contains(i.Resource))
                .Select(i => i.StopAsync(patience, CancellationToken.None)));
        }

        foreach (var instance in _instances)
            _services.Loggers.Complete(instance.Id);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync();
        foreach (var instance in _instances)
            instance.Dispose();
        foreach (var endpoint in _model.Resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()))
            if (endpoint.AllocatedEndpoint is { } allocated)
                FreePorts.Return(allocated.Port);
    }

    private void CreateInstances(IResource resource)
    {
        var replicas = Math.Max(resource.GetReplicaCount(), 0);
        var instances = new List<ResourceInstance>();
        for (var i = 0; i < replicas; i++)
        {
            var id = $"{resource.Name}-{Random.Shared.GetString(IdCharacters, IdLength)}";
            instances.Add(new ResourceInstance(resource, id, EndpointAllocator.PortsFor(resource, replicas), _services));
        }

        resource.Annotations.Add(new InstancesAnnotation(instances));
        _instances.AddRange(instances);
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => EndpointAllocator.NeedsProxy(resource, e)))
            _proxies.Add(new TcpProxy(endpoint.AllocatedEndpoint!.Port, [.. instances.Select(i => i.Ports[endpoint])]));
    }

    private async Task BeginAsync(IResource resource, CancellationToken cancellationToken)
    {
        await ShowAsync(resource, cancellationToken);
        if (ResourceTypes.IsProcess(resource))
        {
            var waitsForCommand = resource.HasAnnotationOfType<ExplicitStartupAnnotation>();
            foreach (var instance in _instances.Where(i => ReferenceEquals(i.Resource, resource)))
                await (waitsForCommand
                    ? instance.ShowAsync(KnownResourceStates.NotStarted)
                    : instance.StartAsync(waitForDependencies: true, cancellationToken));
            return;
        }

        if (resource is ParameterResource parameter)
            await ParameterReports.ShowAsync(parameter, _services, cancellationToken);
        var initialize = new InitializeResourceEvent(
            resource, _services.Eventing, _services.Loggers, _services.Notifications, _services.Services);
        await _services.Eventing.PublishAsync(initialize, Eventing.EventDispatchBehavior.NonBlockingSequential, cancellationToken);
    }

    /// <summary>What is known before it starts: where it will be, and what it is related to.</summary>
    private async Task ShowAsync(IResource resource, CancellationToken cancellationToken)
    {
        var urls = await ResourceUrls.OfAsync(resource, _services.Context, _services.Logger, cancellationToken);
        var isProcess = ResourceTypes.IsProcess(resource);
        resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon);
        await _services.Notifications.PublishUpdateAsync(resource, s => ResourceCommands.WithStates(
            s with
            {
                CreationTimeStamp = s.CreationTimeStamp ?? _services.Time.GetUtcNow().UtcDateTime,
                Urls = [.. urls.Select(u => u with { IsInactive = isProcess })],
                IconName = icon?.IconName ?? s.IconName,
                IconVariant = icon?.IconVariant ?? s.IconVariant,
                Relationships = [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                    .Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type))
                    .Distinct()],
                Volumes = [.. resource.Annotations.OfType<ContainerMountAnnotation>()
                    .Select(m => new VolumeSnapshot(m.Source, m.Target, m.Type == ContainerMountType.Volume ? "volume" : "bind", m.IsReadOnly))],
            },
            resource,
            _services.Services));
    }
}
