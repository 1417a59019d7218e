using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Engine;

/// <summary>The engine's settings, by the names that Aspire gives them.</summary>
internal sealed class EngineOptions
{
    /// <summary>How long stopping everything may take, until what is left is killed.</summary>
    public static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(4);

    public EngineOptions(IConfiguration configuration)
        => RandomizePorts = configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false);

    /// <summary>Whether fixed ports are replaced by free ones: under test, where several app hosts run at once.</summary>
    public bool RandomizePorts { get; }
}
