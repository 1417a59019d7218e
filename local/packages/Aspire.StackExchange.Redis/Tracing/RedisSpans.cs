using System.Diagnostics;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis.Tracing;

/// <summary>
/// Client spans of commands, by https://opentelemetry.io/docs/specs/semconv/db/redis/. Only below a span that is recorded:
/// a command on its own, of a background loop, says nothing.
/// </summary>
internal static class RedisSpans
{
    /// <summary>The name that OpenTelemetry's own instrumentation of the client has: listeners need not know which is there.</summary>
    private const string SourceName = "OpenTelemetry.Instrumentation.StackExchangeRedis";

    private static readonly ActivitySource Source = new(SourceName);

    internal static bool AreWanted => Source.HasListeners() && Activity.Current is { Recorded: true };

    internal static Activity? Start(string command, int database, RedisEndPoint? server)
    {
        var parent = Activity.Current;
        // There from the beginning: a sampler sees them.
        KeyValuePair<string, object?>[] tags =
        [
            new("db.system.name", "redis"),
            new("db.operation.name", command),
            new("db.namespace", database.ToString()),
            new("server.address", server?.Host),
            new("server.port", server?.Port),
        ];
        var span = Source.StartActivity(command, ActivityKind.Client, default(ActivityContext), tags);
        if (span is null)
            return null;
        // The caller goes on before the command has ended: what it starts next is not below this span.
        Activity.Current = parent;
        return span;
    }

    /// <summary>Runs where the client completes the task, so it only marks and hands on.</summary>
    internal static void End(Activity span, Exception? error)
    {
        if (error is not null)
        {
            var code = error is RedisServerException && error.Message.Split(' ', 2)[0] is { Length: > 0 } prefix ? prefix : null;
            span.SetTag("error.type", code ?? error.GetType().FullName);
            if (code is not null)
                span.SetTag("db.response.status_code", code);
            span.SetStatus(ActivityStatusCode.Error, error.Message);
        }

        span.Stop();
    }
}
