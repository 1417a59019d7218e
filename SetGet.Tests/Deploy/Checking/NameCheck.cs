using System.Text.RegularExpressions;

namespace SetGet.Tests.Deploy.Checking;

/// <summary>The names that CloudFormation takes. The schemas of resource types say nothing of them, and one it does not take refuses the whole template.</summary>
internal static partial class NameCheck
{
    private static readonly string[] Sections = ["Parameters", "Rules", "Mappings", "Conditions", "Resources", "Outputs"];

    public static void Check(TemplateFile template, Findings findings)
    {
        foreach (var (name, node) in Sections.SelectMany(template.Section).Where(entry => !Alphanumeric().IsMatch(entry.Name)))
            findings.Add(node, $"'{name}' is no name: letters and digits only.");
        foreach (var (key, node) in template.Section("Mappings").SelectMany(mapping => mapping.Value.Entries))
        {
            if (!MappingKey().IsMatch(key)) findings.Add(node, $"'{key}' is no key of a mapping: letters, digits, '-' and '.' only.");
            foreach (var (name, value) in node.Entries.Where(entry => !Alphanumeric().IsMatch(entry.Name)))
                findings.Add(value, $"'{name}' is no name of a mapping's value: letters and digits only.");
        }
    }

    [GeneratedRegex("^[A-Za-z0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex Alphanumeric();

    [GeneratedRegex("^[A-Za-z0-9.-]+$", RegexOptions.None, 1000)]
    private static partial Regex MappingKey();
}
