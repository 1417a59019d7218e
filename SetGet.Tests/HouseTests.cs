using System.Reflection;

namespace SetGet.Tests;

/// <summary>The plan of the house: which folder of a project may use which. CONTRIBUTING.md says why.</summary>
public sealed class HouseTests
{
    private const int MostDependencies = 5;
    private const int LongestFile = 200;

    private static readonly Assembly[] Product =
        [typeof(SetGet.Core.CoreServices).Assembly, typeof(SetGet.Api.Problems.Problem).Assembly, typeof(SetGet.Worker.Processing.WorkerOptions).Assembly];

    /// <summary>An arrow that is not here is a mistake, or belongs here: then see to it that no circle comes of it.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["SetGet.Core"] = ["*"],
        ["SetGet.Core.Events"] = [],
        ["SetGet.Core.Redis"] = [],
        ["SetGet.Core.Queues"] = ["Events"],
        ["SetGet.Core.Accounts"] = ["Events", "Redis"],
        ["SetGet.Core.Store"] = ["Events", "Redis", "Accounts"],
        ["SetGet.Core.Signing"] = ["Events"],
        ["SetGet.Core.Senders"] = ["Events", "Redis", "Accounts", "Signing"],
        ["SetGet.Core.Throughput"] = ["Redis"],
        ["SetGet.Api"] = ["*"],
        ["SetGet.Api.Problems"] = [],
        ["SetGet.Api.Telemetry"] = [],
        ["SetGet.Api.Http"] = ["Problems"],
        ["SetGet.Api.Access"] = ["Http", "Problems"],
        ["SetGet.Api.OpenApi"] = ["Access", "Http", "Problems"],
        ["SetGet.Api.Accounts"] = ["Access", "Http", "OpenApi", "Problems"],
        ["SetGet.Api.DeadLetters"] = ["Access", "Http", "OpenApi", "Problems"],
        ["SetGet.Api.Get"] = ["Access", "Http", "OpenApi", "Problems", "Telemetry"],
        ["SetGet.Api.Ops"] = ["Access", "Http", "OpenApi", "Problems"],
        ["SetGet.Api.Set"] = ["Access", "Accounts", "Http", "OpenApi", "Problems", "Telemetry"],
        ["SetGet.Worker"] = ["*"],
        ["SetGet.Worker.Telemetry"] = [],
        ["SetGet.Worker.Secrets"] = [],
        ["SetGet.Worker.Processing"] = ["Telemetry"],
        ["SetGet.Worker.Polling"] = ["Processing", "Telemetry"],
        ["SetGet.Worker.Lambda"] = ["Processing"],
    };

    [Fact]
    public void Folders_PointAtEachOtherOnlyAsTheListSays()
    {
        var wrong = from type in Product.SelectMany(each => each.GetTypes())
                    let folder = Folder(type)
                    where Arrows.ContainsKey(folder) && !Arrows[folder].Contains("*")
                    from used in TypesIn.All(type)
                    let to = Folder(used)
                    where to.StartsWith("SetGet.", StringComparison.Ordinal) && to != folder && used.Assembly == type.Assembly && !Arrows[folder].Contains(to[(to.LastIndexOf('.') + 1)..])
                    select $"{folder} may not use {to}: {type.Name} uses {used.Name}";
        Assert.Equal("", string.Join(Environment.NewLine, wrong.Distinct()));
    }

    [Fact]
    public void Arrows_FormNoCircle()
    {
        foreach (var (folder, _) in Arrows) Assert.DoesNotContain(folder, Reachable(folder));
    }

    [Fact]
    public void Services_HaveAtMostFiveDependencies()
    {
        var crowded = from type in Product.SelectMany(each => each.GetTypes())
                      where type is { IsClass: true, IsAbstract: false } && type.GetMethod("<Clone>$") is null && !type.Name.Contains('<', StringComparison.Ordinal)
                      from constructor in type.GetConstructors()
                      where constructor.GetParameters().Length > MostDependencies
                      select $"{type.FullName} has {constructor.GetParameters().Length}";
        Assert.Equal("", string.Join(Environment.NewLine, crowded));
    }

    [Fact]
    public void Files_AreShort()
    {
        var root = new DirectoryInfo(Deploy.Templates.Root);
        var tooLong = from file in root.EnumerateFiles("*.cs", SearchOption.AllDirectories)
                      where !file.FullName.Contains("/obj/", StringComparison.Ordinal) && !file.FullName.Contains("\\obj\\", StringComparison.Ordinal)
                      let lines = File.ReadLines(file.FullName).Count()
                      where lines > LongestFile
                      select $"{Path.GetRelativePath(root.FullName, file.FullName)} has {lines} lines";
        Assert.Equal("", string.Join(Environment.NewLine, tooLong));
    }

    private static string Folder(Type type) => type.Namespace ?? "";

    private static HashSet<string> Reachable(string folder)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([folder]);
        while (next.TryDequeue(out var at))
        {
            var project = at.Split('.')[1];
            foreach (var to in Arrows[at].Where(each => each != "*").Select(each => $"SetGet.{project}.{each}"))
                if (reached.Add(to)) next.Enqueue(to);
        }

        return reached;
    }
}
