using SetGet.Benchmarks.Processes;

namespace SetGet.Benchmarks.Peers;

/// <summary>The peers in Python, with the machine's own interpreter and modules.</summary>
internal static class PythonPeer
{
    private static readonly (string Module, string Package)[] Needed = [("boto3", "python3-boto3"), ("redis", "python3-redis")];

    /// <summary>The path of a script of this folder.</summary>
    internal static string Script(string file) => Path.Combine(Repository.Root, "SetGet.Benchmarks", "Peers", file);

    /// <summary>The first interpreter that has every module: the distribution's is not always the first on the PATH.</summary>
    /// <exception cref="MissingToolException">There is none; with the names of the missing modules.</exception>
    internal static async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        string?[] candidates = ["/usr/bin/python3", Tools.OnPath("python3")];
        var missing = "There is no python3 (Debian: apt-get install python3).";
        foreach (var python in candidates.OfType<string>().Where(File.Exists).Distinct(StringComparer.Ordinal))
        {
            var absent = await MissingAsync(python, cancellationToken);
            if (absent.Length == 0) return python;
            missing = $"{python} has no module {string.Join(", ", absent.Select(each => each.Module))} "
                + $"(Debian: apt-get install {string.Join(' ', absent.Select(each => each.Package))}).";
        }

        throw new MissingToolException(missing);
    }

    private static async Task<(string Module, string Package)[]> MissingAsync(string python, CancellationToken cancellationToken)
    {
        const string Program = "import importlib.util, sys\nfor name in sys.argv[1:]:\n    if importlib.util.find_spec(name) is None: print(name)";
        var absent = await Tools.RunAsync(python, ["-c", Program, .. Needed.Select(each => each.Module)], cancellationToken);
        return [.. Needed.Where(each => absent.Split('\n').Contains(each.Module))];
    }
}
