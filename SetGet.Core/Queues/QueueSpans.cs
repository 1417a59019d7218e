using System.Diagnostics;

namespace SetGet.Core.Queues;

/// <summary>
/// Names and attributes of spans that are about a queue, by OpenTelemetry's conventions for SQS
/// (https://opentelemetry.io/docs/specs/semconv/messaging/sqs/). A sampler sees them: they are there when a span begins.
/// </summary>
public sealed class QueueSpans
{
    private readonly string? _server;
    private readonly int? _port;

    public QueueSpans(string queueUrl)
    {
        ArgumentNullException.ThrowIfNull(queueUrl);
        QueueName = queueUrl[(queueUrl.LastIndexOf('/') + 1)..];
        if (!Uri.TryCreate(queueUrl, UriKind.Absolute, out var url)) return;
        _server = url.Host;
        _port = url.Port;
    }

    /// <summary>The queue's name: the end of its URL.</summary>
    public string QueueName { get; }

    /// <summary>Starts a span of an operation: <c>create</c>, <c>send</c>, <c>receive</c> or <c>process</c>, which is its type too.</summary>
    /// <param name="parent">None: below whatever is current.</param>
    public Activity? Start(
        ActivitySource source, string operation, ActivityKind kind, ActivityContext parent = default, IEnumerable<ActivityLink>? links = null,
            DateTimeOffset began = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.HasListeners() ? source.StartActivity($"{operation} {QueueName}", kind, parent, Tags(operation), links, began) : null;
    }

    /// <summary>Marks a span as failed.</summary>
    /// <param name="type">Few different ones: a code of SQS, or an exception's type.</param>
    public static void Fail(Activity? span, string type, string? detail = null)
        => span?.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error, detail ?? type);

    private KeyValuePair<string, object?>[] Tags(string operation)
    => [
        new("messaging.system", "aws_sqs"),
        new("messaging.destination.name", QueueName),
        new("messaging.operation.name", operation),
        new("messaging.operation.type", operation),
        new("server.address", _server),
        new("server.port", _port),
    ];
}
