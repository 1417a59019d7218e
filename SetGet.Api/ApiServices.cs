using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SetGet.Api.Access;
using SetGet.Api.Accounts;
using SetGet.Api.DeadLetters;
using SetGet.Api.OpenApi;
using SetGet.Api.Ops;
using SetGet.Api.Problems;
using SetGet.Api.Set;
using SetGet.Api.Telemetry;
using SetGet.Core;
using SetGet.Core.Queues;

namespace SetGet.Api;

/// <summary>What the API is made of.</summary>
internal static class ApiServices
{
    /// <summary>Kestrel reads at most this of a body that is too long, so that its sender gets to read the 413. Bytes.</summary>
    private const long MaxDrainedBody = 64 * 1024 * 1024;

    public static WebApplicationBuilder AddSetGetApi(this WebApplicationBuilder builder)
    {
        builder.AddSetGetCore();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOpenApiDocument();
        AddOptions(builder.Services);
        AddAccepting(builder.Services);
        builder.Services.AddSingleton(services => new RootKey(services.GetRequiredService<IOptions<ApiOptions>>().Value.RootKey));
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddEventReading();
        builder.Services.AddSingleton<DeadLetterScan>();
        builder.Services.AddSingleton<DeadLetterQueue>();
        builder.Services.AddSingleton<ApiMetrics>();
        builder.Services.AddHostedService<StoreGauges>();
        builder.Services.Configure<KestrelServerOptions>(Configure);
        return builder;
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateOnStart();
        services.AddOptions<SendOptions>().BindConfiguration(SendOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        services.AddOptions<OpsOptions>().BindConfiguration(OpsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SendOptions>, SendOptionsValidator>();
        services.AddSingleton<IValidateOptions<OpsOptions>, OpsOptionsValidator>();
    }

    private static void AddAccepting(IServiceCollection services)
    {
        services.AddQueues(_ => SendOptions.CallTimeout);
        services.AddSingleton<BatchSender>();
        services.AddSingleton<EventSender>();
        services.AddHostedService(provider => provider.GetRequiredService<EventSender>());
        services.AddSingleton<TtlBounds>();
        services.AddSingleton<Admission>();
        services.AddSingleton<Acceptor>();
    }

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // A sender's headers come back as they came, and Kestrel reads them as UTF-8.
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => KestrelProblems.RunAsync(connection, next)));
        kestrel.Limits.MaxRequestBodySize = MaxDrainedBody;
    }
}
