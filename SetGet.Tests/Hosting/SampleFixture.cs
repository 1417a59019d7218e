using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace SetGet.Tests.Hosting;

/// <summary>The tests that share one running sample.</summary>
[CollectionDefinition(Name)]
public sealed class SampleCollection : ICollectionFixture<SampleFixture>
{
    public const string Name = "Sample, running";
}

/// <summary>A solution that is not SetGet, run by the stand-in: a job, two replicas of a service, their caller.</summary>
public sealed class SampleFixture : IAsyncLifetime
{
    /// <summary>What anything here may take on a slow machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The sample has not started.");

    public static async Task<DistributedApplication> StartAsync(CancellationToken cancellationToken, params string[] args)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Sample_AppHost>(args, cancellationToken);
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("front", cancellationToken);
        return app;
    }

    public async Task InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        _app = await StartAsync(limit.Token);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    /// <summary>The snapshot of each process of a resource.</summary>
    public static async Task<IReadOnlyList<ResourceEvent>> ProcessesAsync(DistributedApplication app, string resource, int count)
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var found = new Dictionary<string, ResourceEvent>(StringComparer.Ordinal);
        await foreach (var change in app.ResourceNotifications.WatchAsync(limit.Token))
        {
            if (change.Resource.Name == resource)
                found[change.ResourceId] = change;
            if (found.Count == count)
                break;
        }

        return [.. found.Values];
    }

    /// <summary>The environment of a process of the sample.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentAsync(DistributedApplication app, string resource)
    {
        using var client = app.CreateHttpClient(resource);
        return await client.GetFromJsonAsync<Dictionary<string, string>>("/environment") ?? [];
    }

    /// <summary>What a resource has said on its console.</summary>
    public static async Task<string> ConsoleAsync(DistributedApplication app, string resource)
    {
        var lines = new List<string>();
        var model = app.Services.GetRequiredService<DistributedApplicationModel>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>()
            .GetAllAsync(model.Resources.Single(r => r.Name == resource)))
            lines.AddRange(batch.Select(l => l.Content));
        return string.Join('\n', lines);
    }
}
