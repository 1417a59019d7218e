using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Building;

/// <summary>The host that the app host itself is: configuration, logging, services.</summary>
internal static class HostSetup
{
    /// <summary>The switches of the command line, as <c>aspire publish</c> gives them too.</summary>
    private static readonly Dictionary<string, string> Switches = new(StringComparer.Ordinal)
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--step"] = "Pipeline:Step",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--log-level"] = "Pipeline:LogLevel",
    };

    public static HostApplicationBuilder CreateHost(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        string directory,
        Assembly? assembly)
    {
        settings.Args ??= options.Args;
        settings.ContentRootPath ??= directory;
        settings.ApplicationName ??= assembly?.GetName().Name;
        var host = Host.CreateApplicationBuilder(settings);
        if (options.Args is { Length: > 0 } args)
            host.Configuration.AddCommandLine(args, Switches);
        if (assembly is not null && host.Environment.IsDevelopment())
            host.Configuration.AddUserSecrets(assembly, optional: true);
        host.Configuration.AddInMemoryCollection([
            new("AppHost:Directory", directory),
            new("AppHost:Name", assembly?.GetName().Name ?? "AppHost"),
        ]);
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // What keeps the application from starting is thrown, and said once, by whoever started it.
        host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        host.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        host.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        return host;
    }

    public static DistributedApplicationExecutionContextOptions ExecutionOptions(IConfiguration configuration)
    {
        var publisher = configuration["Publishing:Publisher"];
        var publishes = publisher is not null
            || string.Equals(configuration["AppHost:Operation"], "publish", StringComparison.OrdinalIgnoreCase);
        return new(publishes ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run, publisher ?? "manifest");
    }

    public static void AddServices(IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(s => new ResourceNotificationService(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ResourceLoggerService(s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ResourceCommandService(s));
        if (options.EnableResourceLogging)
            services.AddSingleton<IHostedService, ConsoleForwarder>();
        services.AddHealthChecks();
        services.AddHttpClient();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = EngineOptions.StopLimit + TimeSpan.FromSeconds(1));
    }
}
