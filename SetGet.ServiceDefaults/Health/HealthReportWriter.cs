using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SetGet.ServiceDefaults.Health;

/// <summary>
/// Writes <c>{"status": "Unhealthy", "durationMs": 3.1, "checks": {"redis": {"status": "Unhealthy", "durationMs": 3,
/// "description": "..."}}}</c>. A description is what the check says of itself; exceptions stay in the log, because the
/// endpoint answers anyone.
/// </summary>
internal static class HealthReportWriter
{
    internal static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", report.Status.ToString());
        json.WriteNumber("durationMs", Math.Round(report.TotalDuration.TotalMilliseconds, 1));
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
            WriteCheck(json, name, entry);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static void WriteCheck(Utf8JsonWriter json, string name, HealthReportEntry entry)
    {
        json.WriteStartObject(name);
        json.WriteString("status", entry.Status.ToString());
        json.WriteNumber("durationMs", Math.Round(entry.Duration.TotalMilliseconds, 1));
        // The framework puts the exception's message here when a check throws without a description of its own.
        if (entry.Exception is null && entry.Description is { } description)
            json.WriteString("description", description);
        json.WriteEndObject();
    }
}
