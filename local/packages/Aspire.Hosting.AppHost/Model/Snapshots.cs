using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource at one moment: what the dashboard shows, and what others wait for.</summary>
public sealed record CustomResourceSnapshot
{
    public required string ResourceType { get; init; }

    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    public DateTime? CreationTimeStamp { get; init; }

    public DateTime? StartTimeStamp { get; init; }

    public DateTime? StopTimeStamp { get; init; }

    public ResourceStateSnapshot? State { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Null unless the resource runs; healthy where it runs and has no health checks.</summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running
        ? null
        : HealthReports.IsDefaultOrEmpty
            ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
            : HealthReports.Min(r => r.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);

    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    public bool IsHidden { get; init; }

    public string? IconName { get; init; }

    public IconVariant? IconVariant { get; init; }

    /// <summary>The dependencies it waits for no longer: set when it has become ready once since its start.</summary>
    internal bool IsReady { get; init; }
}

/// <summary>A state, and how it is drawn: one of <see cref="KnownResourceStateStyles"/>.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, Style: null);
}

/// <summary>A variable of the process; the ones that its resource set are marked.</summary>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>Where the resource is reached.</summary>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    public bool IsInactive { get; init; }

    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();
}

/// <summary>How a URL is shown.</summary>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>A folder or volume of the resource.</summary>
public sealed record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);

/// <summary>A relation to another resource.</summary>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>A property of the resource.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    public bool IsSensitive { get; init; }

    internal void Deconstruct(out string name, out object? value, out bool isSensitive)
        => (name, value, isSensitive) = (Name, Value, IsSensitive);
}

/// <summary>The last result of a health check; no status means that it has not run yet.</summary>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    internal DateTime? LastRunAt { get; init; }
}

/// <summary>A command as the dashboard offers it.</summary>
public sealed record ResourceCommandSnapshot(
    string Name,
    ResourceCommandState State,
    string DisplayName,
    string? DisplayDescription,
    object? Parameter,
    string? ConfirmationMessage,
    string? IconName,
    IconVariant? IconVariant,
    bool IsHighlighted);

/// <summary>Whether a command may be given now.</summary>
public enum ResourceCommandState
{
    Enabled,
    Disabled,
    Hidden,
}

/// <summary>How an icon is drawn.</summary>
public enum IconVariant
{
    Regular,
    Filled,
}

/// <summary>A change of a resource.</summary>
public class ResourceEvent
{
    public ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
    {
        Resource = resource;
        ResourceId = resourceId;
        Snapshot = snapshot;
    }

    public IResource Resource { get; }

    /// <summary>The resource's name, or, of a process, its name and a suffix of its own.</summary>
    public string ResourceId { get; }

    public CustomResourceSnapshot Snapshot { get; }
}
