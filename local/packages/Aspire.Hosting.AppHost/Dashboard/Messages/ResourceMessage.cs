using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard;

/// <summary>The message <c>aspire.v1.Resource</c>.</summary>
internal static class ResourceMessage
{
    public static void Write(ProtoWriter writer, ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        writer
            .Text(1, change.ResourceId)
            .Text(2, snapshot.ResourceType)
            .Text(3, change.Resource.Name)
            .Text(4, change.ResourceId)
            .OptionalText(5, snapshot.State?.Text)
            .Timestamp(6, snapshot.CreationTimeStamp)
            .Messages(7, snapshot.EnvironmentVariables, (w, v) => w.Text(1, v.Name).OptionalText(2, v.Value).Flag(3, v.IsFromSpec))
            .Messages(11, snapshot.Commands, WriteCommand)
            .Messages(12, Properties(change), WriteProperty)
            .Messages(13, snapshot.Urls, WriteUrl)
            .OptionalText(14, snapshot.State?.Style)
            .Messages(15, snapshot.Volumes, (w, v) => w.Text(1, v.Source).Text(2, v.Target).Text(3, v.MountType).Flag(4, v.IsReadOnly))
            .Messages(17, snapshot.HealthReports, WriteHealth)
            .Timestamp(18, snapshot.StartTimeStamp)
            .Timestamp(19, snapshot.StopTimeStamp)
            .Messages(20, snapshot.Relationships, (w, r) => w.Text(1, r.ResourceName).Text(2, r.Type))
            .Flag(21, snapshot.IsHidden)
            .Flag(22, change.Resource.HasAnnotationOfType<OtlpExporterAnnotation>())
            .OptionalText(23, snapshot.IconName)
            .OptionalNumber(24, (long?)snapshot.IconVariant);
    }

    private static IEnumerable<ResourcePropertySnapshot> Properties(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        yield return new("resource.uid", change.ResourceId);
        yield return new("resource.name", change.ResourceId);
        yield return new("resource.type", snapshot.ResourceType);
        yield return new("resource.displayName", change.Resource.Name);
        yield return new("resource.state", snapshot.State?.Text);
        yield return new("resource.exitCode", snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture));
        yield return new("resource.createTime", Time(snapshot.CreationTimeStamp));
        yield return new("resource.startTime", Time(snapshot.StartTimeStamp));
        yield return new("resource.stopTime", Time(snapshot.StopTimeStamp));
        yield return new("resource.healthState", snapshot.HealthStatus?.ToString());
        foreach (var property in snapshot.Properties)
            yield return property;
    }

    private static string? Time(DateTime? time) => time?.ToString("O", CultureInfo.InvariantCulture);

    private static void WriteCommand(ProtoWriter writer, ResourceCommandSnapshot command) => writer
        .Text(1, command.Name)
        .Text(2, command.DisplayName)
        .OptionalText(3, command.ConfirmationMessage)
        .Flag(5, command.IsHighlighted)
        .OptionalText(6, command.IconName)
        .OptionalNumber(7, (long?)command.IconVariant)
        .OptionalText(8, command.DisplayDescription)
        .Number(9, (long)command.State);

    private static void WriteUrl(ProtoWriter writer, UrlSnapshot url) => writer
        .OptionalText(1, url.Name)
        .Text(2, url.Url)
        .Flag(3, url.IsInternal)
        .Flag(4, url.IsInactive)
        .Message(5, w => w.Number(1, url.DisplayProperties.SortOrder).Text(2, url.DisplayProperties.DisplayName));

    private static void WriteHealth(ProtoWriter writer, HealthReportSnapshot report) => writer
        .OptionalNumber(1, report.Status switch
        {
            HealthStatus.Healthy => 0,
            HealthStatus.Unhealthy => 1,
            HealthStatus.Degraded => 2,
            _ => null,
        })
        .Text(2, report.Name)
        .Text(3, report.Description)
        .Text(4, report.ExceptionText)
        .Timestamp(5, report.LastRunAt);

    private static void WriteProperty(ProtoWriter writer, ResourcePropertySnapshot property) => writer
        .Text(1, property.Name)
        .Message(3, w => WriteValue(w, property.Value))
        .OptionalNumber(4, property.IsSensitive ? 1 : 0);

    /// <summary>A google.protobuf.Value.</summary>
    private static void WriteValue(ProtoWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.OptionalNumber(1, 0);
                break;
            case int number:
                writer.Double(2, number);
                break;
            case IEnumerable<string> texts:
                writer.Message(6, list => list.Messages(1, texts, (w, text) => WriteValue(w, text)));
                break;
            default:
                writer.OptionalText(3, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }
}
