namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    public string[]? Args { get; set; }

    /// <summary>The assembly of the app host; the process's own where it is null.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder of the app host's project; what its build wrote down where it is null.</summary>
    public string? ProjectDirectory { get; set; }

    public bool DisableDashboard { get; set; }

    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Whether the console output of the resources also goes to the app host's own log.</summary>
    public bool EnableResourceLogging { get; set; }

    public string? ContainerRegistryOverride { get; set; }

    public string? DashboardApplicationName { get; set; }

    public bool? TrustDeveloperCertificate { get; set; }
}
