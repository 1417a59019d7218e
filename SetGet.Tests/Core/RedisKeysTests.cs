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

    /// <summary>No account, whatever it is called, has a key that is the product's own, or another kind's.</summary>
    [Fact]
    public void Key_OfAnAccount_CollidesWithNoOther()
    {
        string[] accounts = ["stats", "apikey", "accounts", "idem", "wake", "probe", "sg", "a", "e", "f", "live", "x", "a.b", "a-b"];
        string[] own = [.. new[] { RedisKeys.Probe, RedisKeys.Accounts, RedisKeys.Throughput(29_000_000), RedisKeys.ApiKey("ID") }.Concat(RedisKeys.LiveKeys).Select(key => (string)key!), RedisKeys.WakeChannel];
        var all = accounts.SelectMany(account => OfAccount(account).Select(key => (string)key!)).Concat(own).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.False(SetGet.Core.Events.Names.IsId(":stats"));
    }

    private static IEnumerable<RedisKey> OfAccount(string account)
    {
        IEnumerable<RedisKey> plain =
        [
            RedisKeys.Ttl(account), RedisKeys.Limits(account), RedisKeys.Bucket(account), RedisKeys.ApiKeys(account), RedisKeys.SharedData(account, Guid.Empty),
            RedisKeys.Flows(account), RedisKeys.RecentEvents(account),
        ];
        string[] names = ["e", "f", "keys", "ttl", "live:x", "stats"];
        return plain.Concat(RedisKeys.Live(account)).Concat(names.SelectMany(name
            => RedisKeys.Of(account, name, "ID").Append(RedisKeys.Secrets(account, name)).Append(RedisKeys.RemovedSecrets(account, name))
                .Append(RedisKeys.Source(account, name)).Append(RedisKeys.RefusedDeliveries(account, name)).Append(RedisKeys.AcceptedDelivery(account, name)).Append(RedisKeys.Claim(account, name, "k"))));
    }

    // Every member that gives names, with the placeholders of the page in the place of its arguments.
    private static IEnumerable<string> AllNames()
    {
        const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var fields = typeof(RedisKeys).GetFields(Statics).Where(field => !field.IsPrivate).Select(field => field.GetValue(null));
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
        { Name: "hour" } => 480_000L,
        _ => throw new InvalidOperationException($"RedisKeys has a parameter '{parameter.Name}' that this test has no placeholder for."),
    };

    private static string Normal(string name)
    {
        if (name.StartsWith("sg:idem:", StringComparison.Ordinal)) return "sg:idem:a/f/HASH";
        return name.Replace(Guid.Empty.ToString("N"), "ID", StringComparison.Ordinal).Replace("29000000", "MINUTE", StringComparison.Ordinal).Replace("480000", "HOUR", StringComparison.Ordinal);
    }
}
