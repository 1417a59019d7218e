namespace SetGet.Tests.Deploy.Checking;

/// <summary>
/// All combinations of truth that a template's conditions can have. Each thing that an <c>Fn::Equals</c> looks at takes each
/// of the literals that it is compared with, and one value that is none of them; a parameter with allowed values takes those.
/// </summary>
internal static class Worlds
{
    private const int MaximumCount = 1 << 14;

    /// <summary>The truth of every condition by name, in each world.</summary>
    public static List<Dictionary<string, bool>> Of(TemplateFile template, Findings findings)
    {
        var conditions = template.Section("Conditions");
        var choices = Choices(template, conditions);
        if (choices.Aggregate(1L, (product, choice) => product * choice.Value.Count) > MaximumCount)
            throw new NotSupportedException("The conditions have too many combinations to try them all.");
        var worlds = new List<Dictionary<string, bool>>();
        foreach (var values in Combinations([.. choices]))
        {
            var world = new Dictionary<string, bool>();
            foreach (var (name, _) in conditions) Decide(name, 0);
            worlds.Add(world);

            bool Decide(string name, int depth)
            {
                if (world.TryGetValue(name, out var known)) return known;
                var node = conditions.FirstOrDefault(condition => condition.Name == name).Value;
                if (node is null || depth > 20) return false; // reported with the references
                return world[name] = Truth(node, depth);
            }

            bool Truth(TemplateNode node, int depth)
            {
                switch (node.Function)
                {
                    case ("Condition", ScalarNode other): return Decide(other.Value, depth + 1);
                    case ("Fn::Not", { Items: [var one] }): return !Truth(one, depth);
                    case ("Fn::And", { Items: { Count: >= 2 and <= 10 } all }): return all.All(item => Truth(item, depth));
                    case ("Fn::Or", { Items: { Count: >= 2 and <= 10 } any }): return any.Any(item => Truth(item, depth));
                    case ("Fn::Equals", { Items: [var left, var right] }): return Value(left) == Value(right);
                    default:
                        findings.Add(node, "is no condition: Fn::Equals, Not, And, Or with the right number of arguments, or Condition.");
                        return false;
                }
            }

            string Value(TemplateNode node) => node.Text ?? values[Key(node)];
        }

        return worlds;
    }

    private static Dictionary<string, List<string>> Choices(TemplateFile template, IEnumerable<(string Name, TemplateNode Value)> conditions)
    {
        var choices = new Dictionary<string, List<string>>();
        var comparisons = conditions.SelectMany(condition => condition.Value.All())
            .Select(node => node.Function).Where(function => function?.Name == "Fn::Equals").Select(function => function!.Value.Argument.Items);
        foreach (var sides in comparisons)
            foreach (var side in sides.Where(side => side.Text is null))
            {
                var known = choices.TryGetValue(Key(side), out var list) ? list : choices[Key(side)] = [.. Allowed(template, side) ?? ["(other)"]];
                known.AddRange(sides.Where(other => other.Text is not null && !known.Contains(other.Text)).Select(other => other.Text!));
            }

        return choices;
    }

    private static IEnumerable<string>? Allowed(TemplateFile template, TemplateNode node)
        => node.Function is ("Ref", ScalarNode name) ? template.Root["Parameters"]?[name.Value]?["AllowedValues"]?.Items.Select(value => value.Text!) : null;

    private static string Key(TemplateNode node) => node switch
    {
        ScalarNode scalar => scalar.Value,
        ListNode list => $"[{string.Join(',', list.Values.Select(Key))}]",
        _ => $"{{{string.Join(',', node.Entries.Select(entry => entry.Name + ":" + Key(entry.Value)))}}}",
    };

    private static IEnumerable<Dictionary<string, string>> Combinations(KeyValuePair<string, List<string>>[] choices)
    {
        var positions = new int[choices.Length];
        while (true)
        {
            yield return choices.Select((choice, index) => (choice.Key, Value: choice.Value[positions[index]])).ToDictionary(pair => pair.Key, pair => pair.Value);
            var next = 0;
            while (next < positions.Length && ++positions[next] == choices[next].Value.Count) positions[next++] = 0;
            if (next == positions.Length) yield break;
        }
    }
}

/// <summary>What a check found, each once, with its line.</summary>
internal sealed class Findings
{
    private readonly SortedSet<(int Line, string Message)> _all = [];

    public IReadOnlyList<string> All => [.. _all.Select(finding => $"line {finding.Line}: {finding.Message}")];

    public void Add(TemplateNode where, string message) => _all.Add((where.Line, message));
}
