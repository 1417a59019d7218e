using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Building;

/// <summary>
/// How a test reaches into an app host's entry point: it runs the entry point with an interceptor in its context, and the
/// builder made there calls back.
/// </summary>
internal abstract class BuilderInterceptor
{
    private static readonly AsyncLocal<BuilderInterceptor?> Ambient = new();

    public static BuilderInterceptor? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    public abstract void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    public abstract void OnConstructed(DistributedApplicationBuilder builder);

    /// <summary>Blocks the entry point until the test has made its changes.</summary>
    public abstract void OnBuilding(DistributedApplicationBuilder builder);

    public abstract void OnBuilt(DistributedApplication application);
}
