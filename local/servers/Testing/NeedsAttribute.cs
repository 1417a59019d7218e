using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using Xunit.v3;

namespace Testing;

/// <summary>
/// Skips, by the name of what is missing, the tests of a method or a class where the machine lacks what they need: programs on the PATH, <see cref="Boto3"/>,
/// <see cref="Linux"/>. In CI nothing is skipped: there a missing program is a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NeedsAttribute(params string[] needs) : BeforeAfterTestAttribute
{
    public const string Boto3 = "python3 with boto3";
    public const string Linux = "Linux";

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") return;
        var missing = needs.Where(need => !Has(need)).ToList();
        Assert.SkipWhen(missing.Count > 0, "needs " + string.Join(", ", missing));
    }

    /// <summary>The first of the system's Pythons: a version manager's may lack the distribution's packages.</summary>
    public static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static bool Has(string need) => need switch
    {
        Linux => OperatingSystem.IsLinux(),
        Boto3 => Succeeds(Python, "-c", "import boto3"),
        _ => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, need))),
    };

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            return process.WaitForExit(TimeSpan.FromSeconds(20)) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
