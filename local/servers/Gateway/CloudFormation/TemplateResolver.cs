using System.Text.Json.Nodes;

namespace Gateway.CloudFormation;

/// <summary>
/// Resolves a template as CloudFormation would when it creates a stack: parameters get their values, conditions are
/// decided, functions are replaced by what they give. Macros, transforms, nested stacks and imports from other stacks are
/// refused, because nothing here could give them a meaning.
/// </summary>
public sealed partial class TemplateResolver
{
    private readonly JsonObject _template;
    private readonly TemplateContext _context;
    private readonly TemplateParameters _parameters;
    private readonly Dictionary<string, bool> _conditions = [];
    private readonly HashSet<string> _visiting = [];

    private TemplateResolver(JsonObject template, TemplateContext context)
    {
        _template = template;
        _context = context;
        _parameters = new TemplateParameters(Section("Parameters"), context.Parameters);
    }

    /// <summary>Reads and resolves a template file (YAML or JSON).</summary>
    /// <exception cref="TemplateException">The file cannot be read or resolved; the message says where and why.</exception>
    public static ResolvedTemplate ResolveFile(string file, TemplateContext context) => Resolve(TemplateReader.ReadFile(file), context);

    /// <summary>Reads and resolves a template's text (YAML or JSON).</summary>
    public static ResolvedTemplate ResolveText(string text, TemplateContext context) => Resolve(TemplateReader.Read(text, "template"), context);

    private static ResolvedTemplate Resolve(JsonObject template, TemplateContext context)
    {
        foreach (var refused in (ReadOnlySpan<string>)["Transform", "Hooks", "Rules"])
            if (template.ContainsKey(refused))
                throw TemplateException.At(refused, "this section is not supported: write plain resources.");
        var resolver = new TemplateResolver(template, context);
        return new ResolvedTemplate(resolver.Resources());
    }

    private Dictionary<string, ResolvedResource> Resources()
    {
        var resources = new Dictionary<string, ResolvedResource>();
        foreach (var (id, node) in Section("Resources"))
        {
            var declared = node as JsonObject ?? throw TemplateException.At($"Resources.{id}", "must be an object with Type and Properties.");
            if (!Holds(declared, $"Resources.{id}")) continue;
            var properties = Resolve(declared["Properties"], $"Resources.{id}.Properties") as JsonObject ?? [];
            resources[id] = new ResolvedResource(id, TypeOf(id, declared), PhysicalId(id), properties);
        }

        return resources.Count > 0 ? resources : throw TemplateException.At("Resources", "a template declares at least one resource.");
    }

    private JsonObject Section(string name) => _template[name] switch
    {
        null => [],
        JsonObject section => section,
        _ => throw TemplateException.At(name, "must be an object."),
    };

    private bool Holds(JsonObject declared, string path)
        => declared["Condition"] is not { } name || Condition(Text(name) ?? "", path + ".Condition");

    private bool Condition(string name, string path)
    {
        if (_conditions.TryGetValue(name, out var known)) return known;
        if (!Section("Conditions").TryGetPropertyValue(name, out var node) || node is null)
            throw TemplateException.At(path, $"the condition '{name}' is not declared in Conditions.");
        return _conditions[name] = Guarded("Conditions." + name, () => Truth(node, "Conditions." + name));
    }

    private JsonNode? Reference(string name, string path)
    {
        if (_parameters.TryGet(name, out var value)) return value;
        if (Section("Resources").ContainsKey(name)) return PhysicalId(name);
        throw TemplateException.At(path, $"Ref names '{name}', which is neither a parameter nor a resource of the template.");
    }

    private JsonNode Attribute(string name, string attribute, string path)
    {
        var reference = Describe(name, path);
        return Guarded($"{name}.{attribute}", () => _context.Identities?.Attribute(reference, attribute))
            ?? throw TemplateException.At(path, $"{reference.Type} '{name}' has no attribute '{attribute}' here.");
    }

    private string PhysicalId(string id) => Guarded(id, () => _context.Identities?.PhysicalId(Describe(id, $"Resources.{id}"))) ?? id;

    private ResourceReference Describe(string id, string path)
    {
        var declared = Section("Resources")[id] as JsonObject
            ?? throw TemplateException.At(path, $"Fn::GetAtt names '{id}', which is not a resource of the template.");
        if (!Holds(declared, path))
            throw TemplateException.At(path, $"'{id}' is not created, because its condition is false, and cannot be referred to.");
        return new ResourceReference(id, TypeOf(id, declared), _context, property => PropertyText(id, declared, property));
    }

    private string? PropertyText(string id, JsonObject declared, string property)
        => Text(Resolve((declared["Properties"] as JsonObject)?[property], $"Resources.{id}.Properties.{property}"));

    private static string TypeOf(string id, JsonObject declared) => Text(declared["Type"]) switch
    {
        null => throw TemplateException.At($"Resources.{id}.Type", "is missing."),
        "AWS::CloudFormation::Stack" => throw TemplateException.At($"Resources.{id}.Type", "nested stacks are not supported: start with their templates."),
        { } type => type,
    };

    /// <summary>Something that refers to itself, by however many steps, is an error and not an endless loop.</summary>
    private T Guarded<T>(string what, Func<T> resolve)
    {
        if (!_visiting.Add(what)) throw TemplateException.At(what, "refers to itself, directly or through others.");
        try
        {
            return resolve();
        }
        finally
        {
            _visiting.Remove(what);
        }
    }
}
