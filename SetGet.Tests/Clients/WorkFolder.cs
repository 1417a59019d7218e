using Testing;

namespace SetGet.Tests.Clients;

/// <summary>A folder to generate and build in, for one test: what is here for a language, and the generators that its lock file names.</summary>
internal sealed class WorkFolder : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _limit;
    private readonly string _path;

    private WorkFolder(string path, CancellationTokenSource limit) => (_path, _limit) = (path, limit);

    /// <summary>One within the folder of the generators, where Node finds them: at <c>../node_modules</c>.</summary>
    public static async Task<WorkFolder> OfAsync(string language)
    {
        var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var source = Path.Combine(AppContext.BaseDirectory, "Clients", language, "node");
        var installed = await NodePackages.InstallAsync(source, limit.Token);
        var path = Directory.CreateDirectory(Path.Combine(installed, $"work-{Guid.NewGuid():N}")).FullName;
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
        return new WorkFolder(path, limit);
    }

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_path, name), text, _limit.Token);

    /// <summary>Runs a program there; what it writes.</summary>
    public Task<string> RunAsync(string program, params string[] arguments) => NodePackages.RunAsync(_path, program, arguments, "", _limit.Token);

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}
