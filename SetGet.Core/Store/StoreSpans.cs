using System.Diagnostics;
using SetGet.Core.Events;
using SetGet.Core.Redis;

namespace SetGet.Core.Store;

/// <summary>The spans of the store. The Redis client writes a span for each command below them, where it is traced.</summary>
internal static class StoreSpans
{
    private static readonly ActivitySource Source = new("SetGet.Core");

    /// <summary>The write of one event under all its keys.</summary>
    internal static Activity? StartWrite(Envelope envelope)
    {
        var span = Source.StartActivity("store event", ActivityKind.Internal, envelope.TraceContext);
        if (span is null) return null;
        span.SetTag("setget.event.id", envelope.Id);
        span.SetTag("setget.account", envelope.Request.AccountId);
        span.SetTag("setget.keys", envelope.Request.WebhookKeys.Count);
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
