using System.Diagnostics;
using System.Reflection;
using SetGet.Tests.Api;
using Xunit.v3;

namespace SetGet.Tests;

/// <summary>What a test needs beyond the .NET SDK.</summary>
[Flags]
public enum Needs
{
    None = 0,
    RedisServer = 1,
    Chromium = 2,
    Boto3 = 4,
    Node = 8,
    Npm = 16,
    Linux = 32,

    /// <summary>Not a program but a choice: long tests run where <c>CI</c> or <c>SETGET_LONG_TESTS</c> is set.</summary>
    Time = 64,

    /// <summary>bash with curl and openssl.</summary>
    Shell = 128,

    /// <summary>Docker or Podman, running. One of two needs that CI may lack too: no package brings an engine to a machine that allows none.</summary>
    ContainerEngine = 256,

    /// <summary>What plays Redis under an <see cref="ApiStack"/>.</summary>
    Stack = 512,

    /// <summary>A Java runtime, for a generator that is written in it.</summary>
    Java = 1024,

    /// <summary>AWS's linter of templates. CI may lack it: it comes from PyPI alone.</summary>
    CfnLint = 2048,
}

/// <summary>
/// Skips, by the name of what is missing, the tests of a method, a class or a collection where the machine lacks what they need. In CI nothing is skipped: there
/// a missing program is a failure. What a test's fixtures and constructor do comes before, and has to cope without.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NeedsAttribute(Needs needs) : BeforeAfterTestAttribute
{
    public Needs Needs => needs;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Requirements.Missing(needs) is { } reason) Assert.Skip(reason);
    }
}

/// <summary>Looks for the programs that some tests use.</summary>
public static class Requirements
{
    private static readonly string[] Shell = ["bash", "curl", "openssl"];

    private static bool InCi => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>The first of the system's Pythons: a version manager's may lack the distribution's packages.</summary>
    public static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static readonly Lazy<bool> HasBoto3 = new(() => Succeeds(Python, "-c", "import boto3"));

    /// <summary>Chromium's path, or null.</summary>
    public static string? Chromium { get; } = OnPath("chromium") ?? OnPath("chromium-browser") ?? OnPath("google-chrome");

    private static readonly Lazy<bool> HasEngine = new(() => Succeeds("docker", "info") || Succeeds("podman", "info"));

    private static readonly Lazy<bool> HasCfnLint = new(() => Succeeds("cfn-lint", "--version"));

    /// <summary>The reason to skip a test with these needs; null where nothing is missing, and in CI, but for a container engine and cfn-lint.</summary>
    public static string? Missing(Needs needs)
    {
        if (needs.HasFlag(Needs.ContainerEngine) && !HasEngine.Value) return "needs a container engine (docker or podman) that runs";
        if (needs.HasFlag(Needs.CfnLint) && !HasCfnLint.Value) return "needs cfn-lint (pip install cfn-lint)";
        if (InCi) return null;
        var missing = new List<string>();
        if (needs.HasFlag(Needs.RedisServer) && OnPath("redis-server") is null) missing.Add("redis-server on the PATH");
        if (needs.HasFlag(Needs.Chromium) && Chromium is null) missing.Add("chromium on the PATH");
        if (needs.HasFlag(Needs.Boto3) && !HasBoto3.Value) missing.Add("python3 with boto3");
        if (needs.HasFlag(Needs.Node) && OnPath("node") is null) missing.Add("node on the PATH");
        if (needs.HasFlag(Needs.Npm) && OnPath("npm") is null) missing.Add("npm on the PATH");
        if (needs.HasFlag(Needs.Java) && OnPath("java") is null) missing.Add("java on the PATH");
        if (needs.HasFlag(Needs.Shell)) missing.AddRange(Shell.Where(program => OnPath(program) is null).Select(program => program + " on the PATH"));
        if (needs.HasFlag(Needs.Stack) && ApiStack.StoreKind is null) missing.Add("Linux");
        if (needs.HasFlag(Needs.Linux) && !OperatingSystem.IsLinux()) missing.Add("Linux");
        if (needs.HasFlag(Needs.Time) && Environment.GetEnvironmentVariable("SETGET_LONG_TESTS") is null) missing.Add("SETGET_LONG_TESTS=1");
        return missing.Count == 0 ? null : "needs " + string.Join(", ", missing);
    }

    /// <summary>The full path of a program on the PATH, or null.</summary>
    public static string? OnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
            return process.WaitForExit(TimeSpan.FromSeconds(20)) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
