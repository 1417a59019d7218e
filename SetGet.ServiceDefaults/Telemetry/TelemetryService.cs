using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>Collects from the start of the host on, and sends what is left when it stops.</summary>
internal sealed class TelemetryService(Func<OpenTelemetrySdk> create, LoggerProvider? logs, TimeSpan flushTimeout) : IHostedService, IDisposable
{
    private readonly int _flushMilliseconds = (int)flushTimeout.TotalMilliseconds;
    private OpenTelemetrySdk? _sdk;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sdk = create();
        return Task.CompletedTask;
    }

    /// <summary>Each signal waits for its own sender, all at the same time.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            Task.Run(() => _sdk?.TracerProvider.Shutdown(_flushMilliseconds), CancellationToken.None),
            Task.Run(() => _sdk?.MeterProvider.Shutdown(_flushMilliseconds), CancellationToken.None),
            Task.Run(() => logs?.Shutdown(_flushMilliseconds), CancellationToken.None));

    public void Dispose() => _sdk?.Dispose();
}
