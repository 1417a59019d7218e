using System.Text.Json;
using Testing;

namespace SetGet.Tests.Deploy.Checking;

/// <summary>What CloudFormation's own schema says of some resource types; from the npm package <c>@aws-cdk/aws-service-spec</c>.</summary>
internal sealed record CloudFormationSchema(
    IReadOnlyDictionary<string, ResourceSchema> Resources, IReadOnlyDictionary<string, DefinitionSchema> Definitions)
{
    /// <summary>Asks the package for the types; <paramref name="folder"/> is where it is installed.</summary>
    public static async Task<CloudFormationSchema> LoadAsync(string folder, IEnumerable<string> types, CancellationToken cancellationToken)
    {
        var output = await NodePackages.RunAsync(folder, "node", ["schema.cjs"], JsonSerializer.Serialize(types), cancellationToken);
        return JsonSerializer.Deserialize<CloudFormationSchema>(output, JsonSerializerOptions.Web)!;
    }
}

internal sealed record ResourceSchema(IReadOnlyDictionary<string, PropertySchema> Properties, IReadOnlyDictionary<string, TypeSchema> Attributes);

internal sealed record DefinitionSchema(string Name, IReadOnlyDictionary<string, PropertySchema> Properties);

internal sealed record PropertySchema(TypeSchema Type, bool Required);

/// <param name="Kind"><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>date-time</c>, <c>json</c>, <c>tag</c>, <c>null</c>, <c>array</c>, <c>map</c>, <c>object</c> or <c>union</c>.</param>
/// <param name="Element">What an array or map is of.</param>
/// <param name="Definition">The key of an object's definition.</param>
/// <param name="Types">The types of a union.</param>
/// <param name="Allowed">The only values that a scalar may have.</param>
internal sealed record TypeSchema(string Kind, TypeSchema? Element, string? Definition, IReadOnlyList<TypeSchema>? Types, IReadOnlyList<string>? Allowed);
