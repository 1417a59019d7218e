using System.Text.Json.Nodes;

namespace Gateway.CloudFormation;

/// <summary>A template without parameters, conditions or functions: what CloudFormation would create, as concrete values.</summary>
/// <param name="Resources">By logical id, in the template's order. Resources whose condition is false are not there.</param>
public sealed record ResolvedTemplate(IReadOnlyDictionary<string, ResolvedResource> Resources)
{
    /// <summary>The resources of one type, for example <c>AWS::SQS::Queue</c>, in the template's order.</summary>
    public IEnumerable<ResolvedResource> OfType(string type) => Resources.Values.Where(resource => resource.Type == type);
}

/// <summary>One resource with concrete properties.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">For example <c>AWS::ApiGateway::Method</c>.</param>
/// <param name="PhysicalId">What <c>Ref</c> gives for it.</param>
/// <param name="Properties">Its properties; functions replaced by their values, members that are <c>AWS::NoValue</c> left out.</param>
public sealed record ResolvedResource(string LogicalId, string Type, string PhysicalId, JsonObject Properties);

/// <summary>What the world around a template gives it: pseudo parameters and parameter values.</summary>
public sealed record TemplateContext
{
    public string Region { get; init; } = "us-east-1";
    public string AccountId { get; init; } = "000000000000";
    public string Partition { get; init; } = "aws";
    public string UrlSuffix { get; init; } = "amazonaws.com";
    public string StackName { get; init; } = "local";

    /// <summary>Values that take the place of the parameters' defaults, by name. A name that the template lacks is ignored.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What <c>Ref</c> and <c>Fn::GetAtt</c> give for resources.</summary>
    public IResourceIdentities? Identities { get; init; }

    public string StackId => $"arn:{Partition}:cloudformation:{Region}:{AccountId}:stack/{StackName}/{StackName}";
}

/// <summary>A resource as <see cref="IResourceIdentities"/> sees it: before its properties are all known.</summary>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">Its type.</param>
/// <param name="Context">The context that the template is resolved in.</param>
/// <param name="Text">The resolved value of one of its properties as text, or null where it is not set.</param>
public sealed record ResourceReference(string LogicalId, string Type, TemplateContext Context, Func<string, string?> Text);

/// <summary>Gives resources their physical ids and attributes. To play a new type, add it where this is implemented.</summary>
public interface IResourceIdentities
{
    /// <summary>The value of <c>Ref</c>, or null for the default: the logical id.</summary>
    string? PhysicalId(ResourceReference resource);

    /// <summary>The value of <c>Fn::GetAtt</c>, or null where the type has no such attribute.</summary>
    string? Attribute(ResourceReference resource, string attribute);
}

/// <summary>
/// A template that cannot be used, or that declares what cannot be played here. The message names the place in the template, what is wrong
/// there and what would be right.
/// </summary>
public sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static TemplateException At(string path, string problem) => new($"{path}: {problem}");
}
