using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Instrumentation.StackExchangeRedis;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace SetGet.ServiceDefaults.Telemetry;

/// <summary>
/// Sends what is left once everything else has stopped. The container would do so too, but one signal after the other, and wait for
/// each as long as the SDK thinks right.
/// </summary>
internal sealed class TelemetryFlush(IServiceProvider services, TimeSpan timeout) : IHostedLifecycleService
{
    private readonly int _milliseconds = (int)timeout.TotalMilliseconds;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Each signal waits for its own sender, all at the same time.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        // It holds commands whose spans are not yet written.
        services.GetService<StackExchangeRedisInstrumentation>()?.Dispose();
        return Task.WhenAll(
            Task.Run(() => services.GetRequiredService<TracerProvider>().Shutdown(_milliseconds), CancellationToken.None),
            Task.Run(() => services.GetRequiredService<MeterProvider>().Shutdown(_milliseconds), CancellationToken.None),
            Task.Run(() => services.GetRequiredService<LoggerProvider>().Shutdown(_milliseconds), CancellationToken.None));
    }
}
