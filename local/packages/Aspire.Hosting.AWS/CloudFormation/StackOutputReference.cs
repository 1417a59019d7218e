using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>An output of a stack: known when the stack has been made.</summary>
public class StackOutputReference : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    public StackOutputReference(string name, ICloudFormationResource resource)
    {
        Name = name;
        Resource = resource;
    }

    public string Name { get; }

    public ICloudFormationResource Resource { get; }

    public string ValueExpression => $"{{{Resource.Name}.output.{Name}}}";

    IEnumerable<object> IValueWithReferences.References => [Resource];

    /// <exception cref="InvalidOperationException">The stack has not been made: these stand-ins make none.</exception>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        => throw new InvalidOperationException($"Stack '{Resource.Name}' has no output '{Name}': {Provisioning.WhatToDo}");
}
