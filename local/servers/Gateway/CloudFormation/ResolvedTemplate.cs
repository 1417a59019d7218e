using System.Text.Json.Nodes;

namespace Gateway.CloudFormation;

/// <summary>A template without parameters, conditions or functions: what CloudFormation would create, as concrete values.</summary>
/// <param name="Resources">By logical id, in the template's order. Resources whose condition is false are not there.</param>
/// <param name="Outputs">The values of <c>Outputs</c> whose condition holds, by name.</param>
/// <param name="Parameters">The values that the parameters have.</param>
public sealed record ResolvedTemplate(
    IReadOnlyDictionary<string, ResolvedResource> Resources,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The resources of one type, for example <c>AWS::SQS::Queue</c>, in the template's order.</summary>
    public IEnumerable<ResolvedResource> OfType(string type) => Resources.Values.Where(resource => resource.Type == type);
}

/// <summary>One resource with concrete properties.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">For example <c>AWS::ApiGateway::Method</c>.</param>
/// <param name="PhysicalId">What <c>Ref</c> gives for it.</param>
/// <param name="Properties">Its properties; functions replaced by their values, members that are <c>AWS::NoValue</c> left out.</param>
/// <param name="Metadata">Its <c>Metadata</c>, resolved likewise; empty where there is none.</param>
public sealed record ResolvedResource(
    string LogicalId, string Type, string PhysicalId, JsonObject Properties, JsonObject Metadata);
