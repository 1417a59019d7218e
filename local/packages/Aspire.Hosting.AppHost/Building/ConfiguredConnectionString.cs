using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Building;

/// <summary>A connection string that configuration gives.</summary>
internal sealed class ConfiguredConnectionString : ParameterResource, IResourceWithConnectionString
{
    public ConfiguredConnectionString(IConfiguration configuration, string name, string? environmentVariableName)
        : base(name, _ => Read(configuration, name), secret: true)
    {
        IsConnectionString = true;
        ConnectionStringEnvironmentVariable = environmentVariableName;
    }

    public string? ConnectionStringEnvironmentVariable { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new ParameterValue(this)}");

    private static string Read(IConfiguration configuration, string name)
        => configuration.GetConnectionString(name) ?? throw new DistributedApplicationException(
            $"Connection string '{name}' has no value: set 'ConnectionStrings:{name}' in configuration.");

    // The resource itself writes {NAME.connectionString}, which would be a circle.
    private sealed record ParameterValue(ParameterResource Parameter) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => Parameter.ValueExpression;

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => Parameter.GetValueAsync(cancellationToken);
    }
}
