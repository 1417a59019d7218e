namespace SetGet.Worker;

/// <summary>Where the health endpoints listen, which are all that a worker serves.</summary>
internal static class HealthAddress
{
    private const string FreePort = "http://127.0.0.1:0";

    /// <summary>
    /// A free port of loopback, unless an address is configured: <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c>, <c>--urls</c>,
    /// <c>Kestrel:Endpoints</c>. Workers are added freely, also on one machine; ASP.NET Core's own default is one port for all.
    /// </summary>
    public static WebApplicationBuilder UseFreePortByDefault(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        string[] keys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        var isConfigured = keys.Any(key => !string.IsNullOrEmpty(configuration[key])) || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (!isConfigured) builder.WebHost.UseUrls(FreePort);
        return builder;
    }
}
