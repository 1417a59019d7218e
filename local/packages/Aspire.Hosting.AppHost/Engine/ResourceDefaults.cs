namespace Aspire.Hosting.Engine;

/// <summary>What every composed resource has without saying so.</summary>
internal static class ResourceDefaults
{
    public static void Apply(IDistributedApplicationBuilder builder)
    {
        foreach (var resource in builder.Resources.Where(ResourceTypes.IsProcess))
            ResourceCommands.AddTo(resource);
    }
}
