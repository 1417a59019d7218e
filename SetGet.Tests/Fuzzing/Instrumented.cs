using System.Reflection;
using System.Runtime.Loader;

namespace SetGet.Tests.Fuzzing;

/// <summary>
/// The product and the local servers once more in this process, from copies that count which edges they go over; and the tests with them, so that the targets
/// are bound to the copies. Everything else is shared with the process.
/// </summary>
internal sealed class Instrumented : AssemblyLoadContext
{
    /// <summary>All that is fuzzed.</summary>
    public static readonly string[] Fuzzed = ["SetGet.Core", "SetGet.Api", "SetGet.Worker", "Sqs", "Gateway", "Aws"];

    private readonly string _folder;

    private Instrumented(string folder)
        : base("instrumented") => _folder = folder;

    /// <summary>The type of the tests whose code runs on the copies.</summary>
    /// <param name="folder">Where the copies are put.</param>
    /// <param name="counting">The assemblies that are copied.</param>
    public static Type Load(Type type, string folder, params IReadOnlyList<string> counting)
    {
        Directory.CreateDirectory(folder);
        foreach (var name in counting)
        {
            var copy = Path.Combine(folder, name + ".dll");
            File.Copy(Path.Combine(AppContext.BaseDirectory, name + ".dll"), copy, overwrite: true);
            // Its result is lazy. Serialisation that the compiler wrote is instrumented too: it is what reads some of the inputs.
            _ = SharpFuzz.Fuzzer.Instrument(copy, static _ => true, SharpFuzz.Options.Value).ToList();
        }

        var tests = type.Assembly.GetName().Name + ".dll";
        File.Copy(Path.Combine(AppContext.BaseDirectory, tests), Path.Combine(folder, tests), overwrite: true);
        return new Instrumented(folder).LoadFromAssemblyPath(Path.Combine(folder, tests)).GetType(type.FullName!, throwOnError: true)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var copy = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(copy) ? LoadFromAssemblyPath(copy) : null;
    }
}
