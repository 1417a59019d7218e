using System.Text.Json;
using System.Text.Json.Serialization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Where a project is. The build of an app host makes one in <c>Projects</c> for each project that it references.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    string ProjectPath { get; }

    LaunchSettings? LaunchSettings => null;

    /// <summary>Whether it has been built already.</summary>
    bool SuppressBuild => false;

    bool IsFileBasedApp => false;
}

/// <summary>Where a project's output is: known where the app host's own build has built it.</summary>
public interface IProjectOutput
{
    /// <summary>The assembly to run.</summary>
    string TargetPath { get; }
}

/// <summary>A resource that others find by its name.</summary>
public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;

/// <summary>A project's <c>Properties/launchSettings.json</c>.</summary>
public sealed class LaunchSettings
{
    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = [];

    /// <summary>The settings beside a project; null where there are none.</summary>
    /// <exception cref="DistributedApplicationException">The file is not valid JSON.</exception>
    internal static LaunchSettings? Read(string projectDirectory)
    {
        var path = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), LaunchSettingsJson.Default.LaunchSettings);
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>One way to launch a project.</summary>
public sealed class LaunchProfile
{
    [JsonPropertyName("commandName")]
    public string? CommandName { get; set; }

    [JsonPropertyName("commandLineArgs")]
    public string? CommandLineArgs { get; set; }

    [JsonPropertyName("dotnetRunMessages")]
    public bool? DotnetRunMessages { get; set; }

    [JsonPropertyName("launchBrowser")]
    public bool? LaunchBrowser { get; set; }

    [JsonPropertyName("launchUrl")]
    public string? LaunchUrl { get; set; }

    [JsonPropertyName("applicationUrl")]
    public string? ApplicationUrl { get; set; }

    [JsonPropertyName("environmentVariables")]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = [];

    [JsonPropertyName("executablePath")]
    public string? ExecutablePath { get; set; }
}

[JsonSourceGenerationOptions(ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(LaunchSettings))]
internal sealed partial class LaunchSettingsJson : JsonSerializerContext;
