using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>An output of a stack, by its name.</summary>
public class StackOutputReference : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    private readonly StackOutputs _outputs;

    internal StackOutputReference(string name, ICloudFormationResource resource, StackOutputs outputs)
    {
        Name = name;
        Resource = resource;
        _outputs = outputs;
    }

    public string Name { get; }

    public ICloudFormationResource Resource { get; }

    public string ValueExpression => $"{{{Resource.Name}.output.{Name}}}";

    IEnumerable<object> IValueWithReferences.References => [Resource];

    /// <exception cref="DistributedApplicationException">The output was not given; the message names its key, and the command that prints it.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(_outputs.Get(Resource, Name));
}
