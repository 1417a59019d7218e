using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves the resource service to the dashboard: gRPC over cleartext HTTP/2, on loopback, with a key.</summary>
internal sealed partial class ResourceServiceHost : IHostedService, IAsyncDisposable
{
    private const string Prefix = "/aspire.v1.DashboardService/";
    private const string KeyHeader = "x-resource-service-api-key";

    private readonly DashboardSettings _settings;
    private readonly ResourceService _service;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<ResourceServiceHost> _logger;
    private WebApplication? _app;

    public ResourceServiceHost(
        DashboardSettings settings,
        ResourceService service,
        IHostApplicationLifetime lifetime,
        ILogger<ResourceServiceHost> logger)
    {
        _settings = settings;
        _service = service;
        _lifetime = lifetime;
        _logger = logger;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(_settings.ResourceServiceUrl.Port, listen => listen.Protocols = HttpProtocols.Http2);
            // Streams are silent for as long as nothing happens. Kestrel takes that for a slow sender, and ends the whole connection.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _app = builder.Build();
        _app.Run(ServeAsync);
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            // The application does not need it: only the dashboard does.
            Log.NotServed(_logger, _settings.ResourceServiceUrl, exception.Message);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
            await _app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext http)
    {
        var call = new GrpcCall(http);
        // Streams have no end of their own: without this they would hold up the stop of the app host.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Canceled, _lifetime.ApplicationStopping);
        try
        {
            if (!IsAllowed(http))
            {
                call.End(GrpcStatus.Unauthenticated, $"{KeyHeader} is missing or wrong.");
                return;
            }

            await DispatchAsync(http.Request.Path.Value ?? "", call, either.Token);
            call.End(GrpcStatus.Ok);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            call.End(GrpcStatus.Unavailable, "The app host stops, or the caller has gone.");
        }
        catch (InvalidDataException exception)
        {
            call.End(GrpcStatus.InvalidArgument, exception.Message);
        }
        catch (IOException)
        {
            // The dashboard has gone in the middle of a message.
        }
    }

    private Task DispatchAsync(string path, GrpcCall call, CancellationToken cancellationToken)
        => path[Math.Min(Prefix.Length, path.Length)..] switch
        {
            "GetApplicationInformation" => _service.GetApplicationInformationAsync(call, cancellationToken),
            "WatchResources" => _service.WatchResourcesAsync(call, cancellationToken),
            "WatchResourceConsoleLogs" => _service.WatchResourceConsoleLogsAsync(call, cancellationToken),
            "ExecuteResourceCommand" => _service.ExecuteResourceCommandAsync(call, cancellationToken),
            "WatchInteractions" => ResourceService.WatchInteractionsAsync(call, cancellationToken),
            _ => throw new InvalidDataException($"There is no method {path}."),
        };

    private bool IsAllowed(HttpContext http)
        => _settings.ResourceServiceKey is not { } key
            || CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(http.Request.Headers[KeyHeader].ToString()),
                Encoding.UTF8.GetBytes(key));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The dashboard will show no resources, because {Url} cannot be served: {Reason}")]
        public static partial void NotServed(ILogger logger, Uri url, string reason);
    }
}
