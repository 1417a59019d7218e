using System.Text.RegularExpressions;
using SetGet.Tests.Deploy;

namespace SetGet.Tests.Security;

/// <summary>docs/security.md says of each attack which file stops it and which tests try it: they are there, and none of this folder is left out.</summary>
public sealed partial class SecurityPageTests
{
    public static TheoryData<string> Attacks { get; } = [.. SecurityPage.Table("Attacks").Select(row => row[0])];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Attack_IsStoppedByAFileAndTriedByATest(string attack)
    {
        var row = SecurityPage.Table("Attacks").Single(each => each[0] == attack);

        Assert.Equal(4, row.Length);
        var files = Link().Matches(row[2]).Select(match => match.Groups["path"].Value).ToList();
        Assert.True(files.Count > 0, $"{attack}: no file stops it");
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Templates.Root, "docs", file)), $"{attack}: there is no {file}"));
        var tests = Named(row[3]).ToList();
        Assert.True(tests.Count > 0, $"{attack}: no test tries it");
        Assert.All(tests, test => Assert.True(Exists(test), $"{attack}: there is no test {test.Class}.{test.Method}"));
    }

    [Fact]
    public void Tests_OfThisFolder_AreAllNamed()
    {
        var named = SecurityPage.Table("Attacks").SelectMany(row => Named(row[3])).ToHashSet();
        var unnamed = from type in typeof(SecurityPageTests).Assembly.GetTypes()
                      where type.Namespace == typeof(SecurityPageTests).Namespace && type != typeof(SecurityPageTests) && type != typeof(TemplateRuleTests)
                      from method in type.GetMethods()
                      where method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0
                      where !named.Contains((type.Name, method.Name))
                      select $"{type.Name}.{method.Name}";
        Assert.Equal("", string.Join(Environment.NewLine, unnamed));
    }

    /// <summary>Other projects' tests are no part of this assembly: the text of their class tells.</summary>
    private static bool Exists((string Class, string Method) test)
        => Directory.EnumerateFiles(Templates.Root, test.Class + ".cs", SearchOption.AllDirectories).Any(
            file => Regex.IsMatch(File.ReadAllText(file), $@"\[(Fact|Theory)[\s\S]*? {Regex.Escape(test.Method)}\(", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));

    private static IEnumerable<(string Class, string Method)> Named(string cell)
        => Test().Matches(cell).Select(match => (match.Groups["class"].Value, match.Groups["method"].Value));

    [GeneratedRegex(@"\]\((?<path>\.\./[^)]+)\)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<class>\w+)\.(?<method>\w+)`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Test();
}
