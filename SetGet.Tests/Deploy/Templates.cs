using SetGet.Tests.Deploy.Checking;
using Testing;

namespace SetGet.Tests.Deploy;

/// <summary>Where the templates are, and their parts.</summary>
internal static class Templates
{
    private static readonly string[] OtherTypes = ["AWS::IAM::Role", "AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "AWS::Logs::LogGroup", "AWS::Lambda::Function"];

    private static readonly Lazy<Task<CloudFormationSchema>> Schema = new(LoadAsync);

    private static readonly Lazy<Task<string>> Packages = new(() => NodePackages.InstallAsync(Path.Combine(AppContext.BaseDirectory, "Deploy", "node"), CancellationToken.None));

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Names { get; } = [.. Directory.EnumerateFiles(PathOf(""), "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    public static string PathOf(string name) => Path.Combine(Root, "SetGet.AppHost", "aws", name);

    public static TemplateFile Read(string name) => TemplateFile.Parse(File.ReadAllText(PathOf(name)));

    public static string Default(TemplateFile template, string parameter) => template.Root["Parameters"]![parameter]!["Default"]!.Text!;

    /// <summary>The schema of every type in the templates; asked for once, because Node takes a second to start.</summary>
    public static Task<CloudFormationSchema> SchemaAsync() => Schema.Value;

    /// <summary>Where the npm packages of these tests are, installed once.</summary>
    public static Task<string> PackagesAsync() => Packages.Value;

    private static async Task<CloudFormationSchema> LoadAsync()
        => await CloudFormationSchema.LoadAsync(await PackagesAsync(), Names.SelectMany(name => TemplateCheck.Types(Read(name))).Concat(OtherTypes).Distinct(), CancellationToken.None);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SetGetApi.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
