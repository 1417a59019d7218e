using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace SetGet.Client;

/// <summary>Registers <see cref="ISetGetClient"/>.</summary>
public static class SetGetClientExtensions
{
    internal const string HttpClientName = "SetGet";

    /// <summary>
    /// Adds <see cref="ISetGetClient"/> as a singleton. Its options come from the configuration section <c>SetGet:Client</c>, where the program has a configuration, then from
    /// <paramref name="configure"/>, and are checked at start.
    /// </summary>
    /// <returns>The HTTP client's builder, to add handlers of the caller's own.</returns>
    public static IHttpClientBuilder AddSetGetClient(this IServiceCollection services, Action<SetGetClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<SetGetClientOptions>().ValidateOnStart();
        // A program without a host has none, and says all of it in `configure`.
        options.Configure<IServiceProvider>((settings, provider) => provider.GetService<IConfiguration>()?.GetSection(SetGetClientOptions.Section).Bind(settings));
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SetGetClientOptions>, SetGetClientOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SetGetTransport>();
        services.TryAddSingleton<ISetGetClient, SetGetClient>();
        return services.AddHttpClient(HttpClientName, Configure);
    }

    private static void Configure(IServiceProvider services, HttpClient http)
    {
        var options = services.GetRequiredService<IOptions<SetGetClientOptions>>().Value;
        var address = options.BaseAddress!.AbsoluteUri;
        http.BaseAddress = new Uri(address.EndsWith('/') ? address : address + "/");
        if (options.ApiKey.Length > 0) http.DefaultRequestHeaders.Add("X-Api-Key", options.ApiKey);
        // Each attempt has a timeout of its own, longer where it waits.
        http.Timeout = Timeout.InfiniteTimeSpan;
    }
}
