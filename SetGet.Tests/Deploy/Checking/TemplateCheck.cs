namespace SetGet.Tests.Deploy.Checking;

/// <summary>All checks of a CloudFormation template. To add one, call it in <see cref="Run"/>.</summary>
internal static class TemplateCheck
{
    private static readonly HashSet<string> Sections =
        ["AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Resources", "Outputs"];

    /// <summary>The findings, in the order of lines; none for a sound template. Without a schema, types and properties are not checked.</summary>
    public static IReadOnlyList<string> Run(TemplateFile template, CloudFormationSchema? schema)
    {
        var findings = new Findings();
        foreach (var (name, node) in template.Root.Entries.Where(entry => !Sections.Contains(entry.Name)))
            findings.Add(node, $"a template has no section '{name}'.");
        NameCheck.Check(template, findings);
        ParameterCheck.Check(template, findings);
        var references = new ReferenceCheck(template, findings);
        references.CheckUnused();
        foreach (var world in Worlds.Of(template, findings))
        {
            var pruned = new PrunedTemplate(template, world, findings);
            references.Check(pruned);
            PolicyCheck.Check(template, pruned, findings);
            EncryptionCheck.Check(pruned, findings);
            if (schema is not null) new SchemaCheck(template, schema, findings).Check(pruned);
        }

        return findings.All;
    }

    /// <summary>The resource types that a template names.</summary>
    public static IEnumerable<string> Types(TemplateFile template)
        => template.Section("Resources").Select(resource => resource.Value["Type"]?.Text ?? "").Where(type => !type.StartsWith("Custom::", StringComparison.Ordinal)).Distinct();
}
