using System.Diagnostics;

namespace SetGet.Api.Telemetry;

/// <summary>Where the spans of this process come from.</summary>
internal static class ApiActivities
{
    public const string Name = "SetGet.Api";

    public static ActivitySource Source { get; } = new(Name);
}
