namespace SetGet.Tests.Deploy.Checking;

/// <summary>No policy allows more than it says why: a wildcard resource, action or principal needs a comment on its line or the one above.</summary>
internal static class PolicyCheck
{
    private const int ShortestReason = 20;

    public static void Check(TemplateFile template, PrunedTemplate world, Findings findings)
    {
        foreach (var statement in world.Resources.Values.SelectMany(resource => resource.All()).Where(node => node["Effect"] is not null))
        {
            if (statement["Effect"]?.Text == "Deny") continue;
            if (statement["Effect"]?.Text != "Allow") findings.Add(statement, "Effect must be Allow or Deny.");
            foreach (var inverted in statement.Entries.Where(entry => entry.Name is "NotAction" or "NotResource" or "NotPrincipal"))
                findings.Add(inverted.Value, $"{inverted.Name} allows everything else.");
            if (statement["Action"] is null) findings.Add(statement, "A statement without Action.");
            if (statement["Resource"] is null && statement["Principal"] is null) findings.Add(statement, "A statement without Resource.");
            foreach (var member in (string[])["Action", "Resource", "Principal"])
                foreach (var wildcard in (statement[member]?.All() ?? []).Where(IsWildcard))
                    if (!HasReason(template.Lines, wildcard.Line))
                        findings.Add(wildcard, $"{member} has a wildcard ('{wildcard.Text}'), and no comment says why.");
        }
    }

    private static bool IsWildcard(TemplateNode node) => node.Text is { } text && (text.Contains('*', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal));

    private static bool HasReason(IReadOnlyList<string> lines, int line)
        => IsReason(lines[line - 1]) || (line > 1 && lines[line - 2].TrimStart().StartsWith('#') && IsReason(lines[line - 2]));

    private static bool IsReason(string line)
    {
        var mark = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return mark >= 0 && line[mark..].Trim(' ', '#').Length >= ShortestReason;
    }
}
