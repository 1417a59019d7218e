using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest in place of running the application.</summary>
internal sealed class ManifestPublisher : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
