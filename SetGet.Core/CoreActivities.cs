using System.Diagnostics;

namespace SetGet.Core;

/// <summary>The spans of the store, by OpenTelemetry's conventions for databases.</summary>
internal static class CoreActivities
{
    private static readonly ActivitySource Source = new("SetGet.Core");

    /// <summary>The write of one event under all its keys.</summary>
    internal static Activity? StartWrite(Envelope envelope)
    {
        var span = Source.StartActivity("EVALSHA store", ActivityKind.Client, envelope.TraceContext);
        if (span is null) return null;
        span.SetTag("db.system.name", "redis");
        span.SetTag("db.operation.name", "EVALSHA");
        span.SetTag("db.stored_procedure.name", "store");
        var keys = envelope.Request.WebhookKeys.Count;
        if (keys > 1) span.SetTag("db.operation.batch.size", keys);
        span.SetTag("setget.event.id", envelope.Id);
        return span;
    }

    /// <summary>Marks the span where the task fails.</summary>
    internal static async Task<T> FailingAsync<T>(Activity? span, Task<T> task)
    {
        try
        {
            return await task;
        }
        catch (RedisUnavailableException e)
        {
            span?.SetTag("error.type", (e.InnerException ?? e).GetType().FullName);
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }
}
