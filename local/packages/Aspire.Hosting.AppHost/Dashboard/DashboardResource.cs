using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Engine.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Adds the dashboard to an application: a hidden resource, which the engine runs as it runs the others.</summary>
internal static partial class DashboardResource
{
    public const string Name = "aspire-dashboard";

    private const string HealthKey = $"{Name}_check";

    public static void AddTo(IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        if (builder.ExecutionContext.IsPublishMode || options.DisableDashboard)
            return;
        if (string.IsNullOrWhiteSpace(builder.Configuration[DashboardSettings.PageKey]))
        {
            builder.Eventing.Subscribe<BeforeStartEvent>((e, _) => TellOfNone(e.Services));
            return;
        }

        try
        {
            Add(builder, options);
        }
        catch (DistributedApplicationException exception)
        {
            // A wrong setting is told when the application starts, as everything else that keeps it from starting is.
            builder.Eventing.Subscribe<BeforeStartEvent>((_, _) => Task.FromException(exception));
        }
    }

    private static void Add(IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var randomize = builder.Configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);
        var settings = DashboardSettings.Read(builder.Configuration, options, randomize);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<ResourceService>();
        builder.Services.AddSingleton<IHostedService, ResourceServiceHost>();

        var dashboard = builder.AddResource(new ExecutableResource(Name, "aspire-managed", builder.AppHostDirectory))
            .WithInitialState(new CustomResourceSnapshot { ResourceType = ResourceTypes.Executable, Properties = [], IsHidden = true })
            .WithAnnotation(new LocalProcessAnnotation((context, ct) => PrepareAsync(settings, context, ct)))
            .WithHttpEndpoint(port: settings.PageUrl.Port, isProxied: false)
            .WithHealthCheck(HealthKey)
            .ExcludeFromManifest();
        if (settings.OtlpGrpcUrl is { } grpc)
            dashboard.WithHttpEndpoint(port: grpc.Port, name: "otlp-grpc", isProxied: false);
        if (settings.OtlpHttpUrl is { } http)
            dashboard.WithHttpEndpoint(port: http.Port, name: "otlp-http", isProxied: false);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            HealthKey,
            services => ActivatorUtilities.CreateInstance<HttpHealthCheck>(services, new HttpProbe(dashboard.GetEndpoint("http"), "/health", 200)),
            failureStatus: null,
            tags: null));
        builder.Eventing.Subscribe<ResourceReadyEvent>(dashboard.Resource, (e, _) => AnnounceAsync(e, settings));
        builder.Eventing.Subscribe<ResourceStoppedEvent>(dashboard.Resource, StartAgainAsync);
    }

    private static async Task<ProcessSpec> PrepareAsync(DashboardSettings settings, LocalProcessContext context, CancellationToken cancellationToken)
    {
        var host = context.Services.GetRequiredService<ILogger<DistributedApplication>>();
        var program = await DashboardPackage.FindAsync(context.Logger, host, cancellationToken);
        var variables = new Dictionary<string, string>(context.Environment, StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = settings.PageUrl.GetLeftPart(UriPartial.Authority),
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = settings.ResourceServiceUrl.GetLeftPart(UriPartial.Authority),
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = settings.OtlpGrpcUrl?.GetLeftPart(UriPartial.Authority) ?? "",
            ["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = settings.OtlpHttpUrl?.GetLeftPart(UriPartial.Authority) ?? "",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
        };
        AddKey(variables, "FRONTEND", "BrowserToken", "BROWSERTOKEN", settings.BrowserToken);
        AddKey(variables, "OTLP", "ApiKey", "PRIMARYAPIKEY", settings.OtlpKey);
        AddKey(variables, "RESOURCESERVICECLIENT", "ApiKey", "APIKEY", settings.ResourceServiceKey);
        AddKey(variables, "API", "ApiKey", "PRIMARYAPIKEY", settings.OtlpKey);
        AddKey(variables, "MCP", "ApiKey", "PRIMARYAPIKEY", settings.OtlpKey);
        return new ProcessSpec
        {
            Command = program,
            Arguments = ["dashboard"],
            // It serves the wwwroot beside it.
            WorkingDirectory = Path.GetDirectoryName(program)!,
            Environment = variables,
        };
    }

    private static void AddKey(Dictionary<string, string> variables, string part, string mode, string name, string? key)
    {
        variables[$"DASHBOARD__{part}__AUTHMODE"] = key is null ? "Unsecured" : mode;
        if (key is not null)
            variables[$"DASHBOARD__{part}__{name}"] = key;
    }

    private static Task TellOfNone(IServiceProvider services)
    {
        Log.None(services.GetRequiredService<ILogger<DistributedApplication>>(), DashboardSettings.PageKey);
        return Task.CompletedTask;
    }

    private static Task AnnounceAsync(ResourceReadyEvent ready, DashboardSettings settings)
    {
        var logger = ready.Services.GetRequiredService<ILogger<DistributedApplication>>();
        Log.Login(logger, settings.LoginUrl);
        return Task.CompletedTask;
    }

    /// <summary>One that ran and ended, though nobody asked it to, is started again.</summary>
    private static async Task StartAgainAsync(ResourceStoppedEvent stopped, CancellationToken cancellationToken)
    {
        var lifetime = stopped.Services.GetRequiredService<IHostApplicationLifetime>();
        if (lifetime.ApplicationStopping.IsCancellationRequested || stopped.ResourceEvent.Snapshot.ExitCode is null or 0)
            return;
        var id = stopped.ResourceEvent.ResourceId;
        var commands = stopped.Services.GetRequiredService<ResourceCommandService>();
        // Its run is over only when this event has been handled.
        _ = Task.Run(() => commands.ExecuteCommandAsync(id, KnownResourceCommands.RestartCommand, lifetime.ApplicationStopping), CancellationToken.None);
        await Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Login to the dashboard at {Url}")]
        public static partial void Login(ILogger logger, string url);

        [LoggerMessage(2, LogLevel.Information, "No dashboard: {Key} is not set. The launch profile of the app host sets it, by its applicationUrl.")]
        public static partial void None(ILogger logger, string key);
    }
}
