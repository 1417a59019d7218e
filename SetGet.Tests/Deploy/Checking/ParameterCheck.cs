using System.Globalization;
using System.Text.RegularExpressions;

namespace SetGet.Tests.Deploy.Checking;

/// <summary>Every parameter has a default within its own bounds, a description, and bounds; and a place in the console's groups.</summary>
internal static class ParameterCheck
{
    private static readonly string[] Bounds = ["AllowedValues", "AllowedPattern", "MinValue", "MaxValue", "MinLength", "MaxLength"];
    private static readonly HashSet<string> Members = [.. Bounds, "Type", "Default", "Description", "ConstraintDescription", "NoEcho"];

    public static void Check(TemplateFile template, Findings findings)
    {
        foreach (var (name, parameter) in template.Section("Parameters"))
        {
            foreach (var (member, node) in parameter.Entries.Where(entry => !Members.Contains(entry.Name)))
                findings.Add(node, $"{name}: a parameter has no '{member}'.");
            if (parameter["Description"]?.Text is not { Length: > 10 and <= 4000 }) findings.Add(parameter, $"{name} has no description.");
            if (!HasBounds(parameter)) findings.Add(parameter, $"{name} has no bounds.");
            if (parameter["Default"]?.Text is not { } value) findings.Add(parameter, $"{name} has no default.");
            else if (!Allows(parameter, value)) findings.Add(parameter, $"{name}: its default '{value}' is not allowed.");
        }

        Groups(template, findings);
    }

    private static bool HasBounds(TemplateNode parameter) => parameter["Type"]?.Text == "Number"
        ? parameter["AllowedValues"] is not null || (parameter["MinValue"] is not null && parameter["MaxValue"] is not null)
        : parameter["AllowedValues"] is not null || parameter["AllowedPattern"] is not null || parameter["MaxLength"] is not null;

    private static bool Allows(TemplateNode parameter, string value)
    {
        if (parameter["AllowedValues"] is { } allowed && !allowed.Items.Any(item => item.Text == value)) return false;
        if (parameter["AllowedPattern"]?.Text is { } pattern)
        {
            var values = parameter["Type"]?.Text == "CommaDelimitedList" ? value.Split(',') : [value];
            if (!Array.TrueForAll(values, item => Regex.IsMatch(item, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1)))) return false;
        }

        return !decimal.TryParse(value, CultureInfo.InvariantCulture, out var number)
            || (number >= Number(parameter, "MinValue", decimal.MinValue) && number <= Number(parameter, "MaxValue", decimal.MaxValue));
    }

    private static decimal Number(TemplateNode parameter, string name, decimal missing)
        => parameter[name]?.Text is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : missing;

    private static void Groups(TemplateFile template, Findings findings)
    {
        if (template.Root["Metadata"]?["AWS::CloudFormation::Interface"]?["ParameterGroups"] is not { } groups) return;
        var listed = groups.Items.SelectMany(group => group["Parameters"]?.Items ?? []).ToList();
        var declared = template.Section("Parameters").ToDictionary(entry => entry.Name, entry => entry.Value);
        foreach (var name in listed.Where(name => !declared.ContainsKey(name.Text ?? "")))
            findings.Add(name, $"Interface: there is no parameter '{name.Text}'.");
        foreach (var twice in listed.GroupBy(name => name.Text).Where(group => group.Count() > 1))
            findings.Add(twice.Last(), $"Interface: '{twice.Key}' is listed twice.");
        foreach (var (name, node) in declared.Where(entry => listed.TrueForAll(item => item.Text != entry.Key)))
            findings.Add(node, $"Interface: '{name}' is in no group.");
    }
}
