using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The application is composed, and nothing of it has started.</summary>
public class BeforeStartEvent : IDistributedApplicationEvent
{
    public BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model)
    {
        Services = services;
        Model = model;
    }

    public IServiceProvider Services { get; }

    public DistributedApplicationModel Model { get; }
}

/// <summary>Every endpoint has its address.</summary>
public class AfterEndpointsAllocatedEvent : IDistributedApplicationEvent
{
    public AfterEndpointsAllocatedEvent(IServiceProvider services, DistributedApplicationModel model)
    {
        Services = services;
        Model = model;
    }

    public IServiceProvider Services { get; }

    public DistributedApplicationModel Model { get; }
}

/// <summary>Every resource has begun to start.</summary>
public class AfterResourcesCreatedEvent : IDistributedApplicationEvent
{
    public AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model)
    {
        Services = services;
        Model = model;
    }

    public IServiceProvider Services { get; }

    public DistributedApplicationModel Model { get; }
}

/// <summary>A resource that only its package knows how to start shall start.</summary>
public class InitializeResourceEvent : IDistributedApplicationResourceEvent
{
    public InitializeResourceEvent(
        IResource resource,
        IDistributedApplicationEventing eventing,
        ResourceLoggerService loggerService,
        ResourceNotificationService notifications,
        IServiceProvider services)
    {
        Resource = resource;
        Eventing = eventing;
        Logger = loggerService.GetLogger(resource);
        Notifications = notifications;
        Services = services;
    }

    public IResource Resource { get; }

    public IDistributedApplicationEventing Eventing { get; }

    public Microsoft.Extensions.Logging.ILogger Logger { get; }

    public ResourceNotificationService Notifications { get; }

    public IServiceProvider Services { get; }
}

/// <summary>The endpoints of a resource have their addresses.</summary>
public class ResourceEndpointsAllocatedEvent : IDistributedApplicationResourceEvent
{
    public ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services)
    {
        Resource = resource;
        Services = services;
    }

    public IResource Resource { get; }

    public IServiceProvider Services { get; }
}

/// <summary>The connection string of a resource can be read.</summary>
public class ConnectionStringAvailableEvent : IDistributedApplicationResourceEvent
{
    public ConnectionStringAvailableEvent(IResource resource, IServiceProvider services)
    {
        Resource = resource;
        Services = services;
    }

    public IResource Resource { get; }

    public IServiceProvider Services { get; }
}

/// <summary>A resource is about to start: what it waits for is there.</summary>
public class BeforeResourceStartedEvent : IDistributedApplicationResourceEvent
{
    public BeforeResourceStartedEvent(IResource resource, IServiceProvider services)
    {
        Resource = resource;
        Services = services;
    }

    public IResource Resource { get; }

    public IServiceProvider Services { get; }
}

/// <summary>A resource is healthy for the first time since it started.</summary>
public class ResourceReadyEvent : IDistributedApplicationResourceEvent
{
    public ResourceReadyEvent(IResource resource, IServiceProvider services)
    {
        Resource = resource;
        Services = services;
    }

    public IResource Resource { get; }

    public IServiceProvider Services { get; }
}

/// <summary>A resource has stopped.</summary>
public class ResourceStoppedEvent : IDistributedApplicationResourceEvent
{
    public ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent)
    {
        Resource = resource;
        Services = services;
        ResourceEvent = resourceEvent;
    }

    public IResource Resource { get; }

    public IServiceProvider Services { get; }

    public ResourceEvent ResourceEvent { get; }
}
