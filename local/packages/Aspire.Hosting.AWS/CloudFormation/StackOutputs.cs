using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.AWS.CloudFormation;

/// <summary>
/// The outputs of stacks that were deployed before, as configuration gives them: <c>AWS:Resources:OUTPUT</c>, the section that the stack's users
/// read too. This integration makes no stacks: that is what the official package does.
/// </summary>
internal sealed class StackOutputs(IConfiguration configuration)
{
    internal const string Section = "AWS:Resources";

    internal string Get(ICloudFormationResource stack, string name)
        => configuration[$"{Section}:{name}"] is { Length: > 0 } value ? value : throw new DistributedApplicationException(HowToGive(stack, name));

    /// <summary>All that are given, by their names.</summary>
    internal IEnumerable<(string Name, string Value)> All()
        => configuration.GetSection(Section).GetChildren().Where(o => o.Value is { Length: > 0 }).Select(o => (o.Key, o.Value!));

    /// <summary>Stops the start at the first output that is needed and not given.</summary>
    internal void CheckNeeded(ICloudFormationResource stack)
    {
        foreach (var needed in stack.Annotations.OfType<NeededOutputAnnotation>()) Get(stack, needed.Name);
    }

    private static string HowToGive(ICloudFormationResource stack, string name)
        => $"""
        {Section}:{name} is not set: it is the output '{name}' of the CloudFormation stack '{stack.StackName}'. Deploy the stack first, then print it:
          aws cloudformation describe-stacks --stack-name {stack.StackName} --output text --query "Stacks[0].Outputs[?OutputKey=='{name}'].OutputValue"
        and give it as the environment variable {Section.Replace(":", "__", StringComparison.Ordinal)}__{name}, or in the app host's user secrets.
        """;
}
