using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.CloudFormation;

namespace SetGet.Tests.Deploy;

/// <summary>service.yaml as a stack with concrete values would be.</summary>
internal static partial class ServiceStack
{
    public const string Pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    public static ResolvedTemplate Resolve(params (string Name, string Value)[] parameters)
    {
        // The resolver has no use for rules, which only decide whether a stack may be created at all.
        var text = RulesSection().Replace(File.ReadAllText(Templates.PathOf("service.yaml")).ReplaceLineEndings("\n"), "");
        var values = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        values.TryAdd("SubnetIds", "subnet-11111111,subnet-22222222");
        return TemplateResolver.ResolveText(text, new TemplateContext { Parameters = values, Identities = new Names() });
    }

    /// <summary>The first container of a task definition.</summary>
    public static JsonObject Container(ResolvedTemplate stack, string taskDefinition)
        => stack.Resources[taskDefinition].Properties["ContainerDefinitions"]![0]!.AsObject();

    public static string Text(ResolvedTemplate stack, string resource, string property) => (string)stack.Resources[resource].Properties[property]!;

    private sealed class Names : IResourceIdentities
    {
        public string PhysicalId(ResourceReference resource) => resource.LogicalId;

        public string Attribute(ResourceReference resource, string attribute) => attribute switch
        {
            "EscapedPem" => Pem.Replace("\n", "\\n", StringComparison.Ordinal),
            "Endpoint.Port" or "PrimaryEndPoint.Port" => "6379",
            "Value" => resource.Text("Value")!,
            _ => $"{resource.LogicalId}.{attribute}",
        };
    }

    [GeneratedRegex("^Rules:\n(?:[ #].*\n|\n)*", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RulesSection();
}
