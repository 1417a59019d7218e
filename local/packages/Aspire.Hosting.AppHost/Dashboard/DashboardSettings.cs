using System.Security.Cryptography;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Where the dashboard and what it talks to listen, and with which keys: by Aspire's own switches.</summary>
internal sealed class DashboardSettings
{
    public const string PageKey = "ASPNETCORE_URLS";

    private const int TokenBytes = 16;

    private DashboardSettings(IConfiguration configuration, bool randomize)
    {
        PageUrl = Url(configuration, randomize, PageKey)
            ?? throw new DistributedApplicationException($"The dashboard has no address: set {PageKey}.");
        OtlpGrpcUrl = Url(configuration, randomize, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL");
        OtlpHttpUrl = Url(configuration, randomize, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL");
        if (OtlpGrpcUrl is null && OtlpHttpUrl is null)
            throw new DistributedApplicationException(
                "The dashboard can receive no telemetry: set ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL or ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL.");
        ResourceServiceUrl = Url(
                configuration, randomize, "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "DOTNET_RESOURCE_SERVICE_ENDPOINT_URL")
            ?? new Uri($"http://localhost:{FreePorts.Next()}");
        if (configuration.GetValue("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", configuration.GetValue("DOTNET_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", defaultValue: false)))
            return;
        BrowserToken = configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"]
            ?? configuration["DOTNET_DASHBOARD_FRONTEND_BROWSERTOKEN"]
            ?? NewToken();
        OtlpKey = configuration["AppHost:OtlpApiKey"] ?? NewToken();
        ResourceServiceKey = configuration["AppHost:ResourceService:ApiKey"] ?? NewToken();
    }

    public Uri PageUrl { get; }

    public Uri? OtlpGrpcUrl { get; }

    public Uri? OtlpHttpUrl { get; }

    public Uri ResourceServiceUrl { get; }

    /// <summary>What a browser logs in with; null where nobody needs to.</summary>
    public string? BrowserToken { get; }

    public string? OtlpKey { get; }

    public string? ResourceServiceKey { get; }

    public string LoginUrl => BrowserToken is null ? PageUrl.ToString() : new Uri(PageUrl, $"/login?t={BrowserToken}").ToString();

    /// <exception cref="DistributedApplicationException">An address is missing, or is not allowed to be plain HTTP.</exception>
    public static DashboardSettings Read(ConfigurationManager configuration, DistributedApplicationOptions options, bool randomize)
    {
        var settings = new DashboardSettings(configuration, randomize);
        if (!options.AllowUnsecuredTransport && !configuration.GetValue("ASPIRE_ALLOW_UNSECURED_TRANSPORT", defaultValue: false))
            throw new DistributedApplicationException(
                "Everything here is plain HTTP on loopback: set ASPIRE_ALLOW_UNSECURED_TRANSPORT=true to allow it.");
        // Resources are told of the addresses by the same names.
        configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = settings.OtlpGrpcUrl?.GetLeftPart(UriPartial.Authority);
        configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = settings.OtlpHttpUrl?.GetLeftPart(UriPartial.Authority);
        configuration["AppHost:OtlpApiKey"] = settings.OtlpKey;
        configuration["AppHost:BrowserToken"] = settings.BrowserToken;
        return settings;
    }

    private static Uri? Url(IConfiguration configuration, bool randomize, params string[] keys)
    {
        var text = keys.Select(k => configuration[k]).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Split(';')[0];
        if (text is null)
            return null;
        if (randomize)
            return new Uri($"http://localhost:{FreePorts.Next()}");
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp
            ? url
            : throw new DistributedApplicationException(
                $"{keys[0]} is '{text}': it must be an http:// address, because everything here is plain HTTP on loopback.");
    }

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
}
