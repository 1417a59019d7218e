using System.Reflection;
using SetGet.Core.Redis;
using SetGet.Tests.Deploy;
using StackExchange.Redis;

namespace SetGet.Tests.Core;

/// <summary>docs/store.md lists every key that <see cref="RedisKeys"/> can name.</summary>
public sealed class RedisKeysTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Templates.Root, "docs", "store.md"));

    public static TheoryData<string> Names { get; } = [.. AllNames().Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Key_IsListedInThePageOfTheStore(string name) => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal);

    // Every member that gives names, with the placeholders of the page in the place of its arguments.
    private static IEnumerable<string> AllNames()
    {
        const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var fields = typeof(RedisKeys).GetFields(Statics).Select(field => field.GetValue(null));
        var methods = typeof(RedisKeys).GetMethods(Statics).Where(method => !method.IsPrivate && method.ReturnType != typeof(string))
            .Select(method => method.Invoke(null, [.. method.GetParameters().Select(Placeholder)]));
        return fields.Concat(methods).SelectMany(named => named is RedisKey[] many ? many.Select(key => (string)key!) : [named!.ToString()!]).Select(Normal);
    }

    private static object? Placeholder(ParameterInfo parameter) => parameter switch
    {
        { Name: "account" } => "a",
        { Name: "key" } => "k",
        { Name: "flow" } => "f",
        { Name: "id" or "leaseId", ParameterType: var type } => type == typeof(Guid) ? Guid.Empty : "ID",
        { Name: "minute" } => 29_000_000L,
        _ => throw new InvalidOperationException($"RedisKeys has a parameter '{parameter.Name}' that this test has no placeholder for."),
    };

    private static string Normal(string name)
    {
        if (name.StartsWith("sg:idem:", StringComparison.Ordinal)) return "sg:idem:a/f/HASH";
        return name.Replace(Guid.Empty.ToString("N"), "ID", StringComparison.Ordinal).Replace("29000000", "MINUTE", StringComparison.Ordinal);
    }
}
