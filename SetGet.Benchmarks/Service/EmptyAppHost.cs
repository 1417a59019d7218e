using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SetGet.Benchmarks.Service;

/// <summary>The smallest app host that starts something: one web project with a health route, of the very packages that SetGet's is made of.</summary>
internal sealed partial class EmptyAppHost : IDisposable
{
    private const string HostProgram =
        """
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, TrustDeveloperCertificate = false });
        builder.AddProject<Projects.Web>("web", launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health");
        builder.Build().Run();

        """;

    private const string WebProgram =
        """
        var app = WebApplication.CreateBuilder(args).Build();
        app.MapGet("/health", () => "Healthy");
        app.Run();

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("empty-apphost-").FullName;

    internal string Project => Path.Combine(_folder, "Host", "Host.csproj");

    /// <summary>Writes it into a temporary folder, and builds it.</summary>
    internal static async Task<EmptyAppHost> BuildAsync(CancellationToken cancellationToken)
    {
        var host = new EmptyAppHost();
        try
        {
            host.Write();
            await Dotnet.BuildAsync(host.Project, cancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write()
    {
        File.Copy(Path.Combine(Repository.Root, "global.json"), Path.Combine(_folder, "global.json"));
        WriteFile("Directory.Build.props", "<Project />\n");
        WriteFile("Directory.Packages.props", "<Project />\n");
        WriteFile("Host/Program.cs", HostProgram);
        WriteFile(
            "Host/Host.csproj",
            $"""
            <Project Sdk="{AspireSdk()}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Aspire.Hosting.AppHost" Version="{VersionOf("Aspire.Hosting.AppHost")}" />
                <ProjectReference Include="../Web/Web.csproj" />
              </ItemGroup>
            </Project>

            """);
        WriteFile("Web/Program.cs", WebProgram);
        WriteFile(
            "Web/Web.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>

            """);
    }

    private void WriteFile(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string AspireSdk()
        => SdkName().Match(File.ReadAllText(Dotnet.AppHostProject)) is { Success: true } found
            ? found.Value
            : throw new InvalidOperationException($"{Path.GetFileName(Dotnet.AppHostProject)} does not name Aspire.AppHost.Sdk with its version.");

    /// <summary>A version as Directory.Packages.props says it, with the property that stands in its place.</summary>
    private static string VersionOf(string package)
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        var version = versions.Descendants("PackageVersion").Single(element => (string?)element.Attribute("Include") == package).Attribute("Version")!.Value;
        return PropertyName().Replace(version, name => versions.Descendants(name.Groups["name"].Value).Single().Value);
    }

    [GeneratedRegex("(?<=Sdk=\")Aspire\\.AppHost\\.Sdk/[^\"]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SdkName();

    [GeneratedRegex(@"\$\((?<name>\w+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PropertyName();
}
