using System.Runtime.ExceptionServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>A composed application: it runs, or is published.</summary>
public partial class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly bool _waitsForTest;
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DistributedApplication(IHost host)
        : this(host, waitsForTest: false)
    {
    }

    internal DistributedApplication(IHost host, bool waitsForTest)
    {
        _host = host;
        _waitsForTest = waitsForTest;
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
        => new DistributedApplicationBuilder(options);

    /// <summary>Runs until it is stopped. What cannot start is said on the console, and makes the exit code 1.</summary>
    public void Run()
    {
        try
        {
            RunAsync().GetAwaiter().GetResult();
        }
        catch (DistributedApplicationException exception)
        {
            Environment.ExitCode = 1;
            Console.Error.WriteLine($"error: {exception.Message}");
        }
    }

    /// <exception cref="DistributedApplicationException">It cannot start; the message says why.</exception>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_waitsForTest)
        {
            // The test starts and stops it; the entry point only must not go on before that.
            await _disposed.Task.WaitAsync(cancellationToken);
            return;
        }

        ExceptionDispatchInfo? failure = null;
        try
        {
            await StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
        }
        catch (DistributedApplicationException exception)
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            await DisposeAsync();
        }

        failure?.Throw();
    }

    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var logger = Services.GetRequiredService<ILogger<DistributedApplication>>();
        Log.Starting(logger);
        await _host.StartAsync(cancellationToken);
        if (Services.GetRequiredService<DistributedApplicationExecutionContext>().IsRunMode)
            Log.Started(logger);
    }

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            await _host.StopAsync(CancellationToken.None);
            await ((IAsyncDisposable)_host).DisposeAsync();
        }
        catch (ObjectDisposedException)
        {
            // Disposed twice: by the test, and by the entry point that it intercepted.
        }

        _disposed.TrySetResult();
        GC.SuppressFinalize(this);
    }

    Task IHost.StartAsync(CancellationToken cancellationToken) => StartAsync(cancellationToken);

    Task IHost.StopAsync(CancellationToken cancellationToken) => StopAsync(cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Distributed application starting.")]
        public static partial void Starting(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
        public static partial void Started(ILogger logger);
    }
}
