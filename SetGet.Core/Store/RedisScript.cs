using System.Reflection;

namespace SetGet.Core;

/// <summary>The Lua scripts that are embedded in this assembly. Each is atomic on the keys of one webhook key or one account.</summary>
internal static class RedisScript
{
    internal static readonly string Store = Load("store", "prelude");
    internal static readonly string Newest = Load("newest", "prelude");
    internal static readonly string Page = Load("page", "prelude");
    internal static readonly string Take = Load("take", "prelude");
    internal static readonly string Ack = Load("ack", "prelude");
    internal static readonly string Delete = Load("delete", "prelude");
    internal static readonly string Ttl = Load("ttl");
    internal static readonly string Claim = Load("claim");
    internal static readonly string FlowAdd = Load("flow-add");
    internal static readonly string Mark = Load("mark");
    internal static readonly string AddSecret = Load("addsecret");
    internal static readonly string KeyUsed = Load("keyused");
    internal static readonly string Limits = Load("limits", "expirelive");
    internal static readonly string Live = Load("live", "expirelive");

    private static string Load(string name, string? prelude = null) => (prelude is null ? "" : Read(prelude) + "\n") + Read(name);

    private static string Read(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith($".{name}.lua", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
