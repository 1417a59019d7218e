using System.Diagnostics;
using System.Text;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Api.Telemetry;
using SetGet.Core.Events;
using SetGet.Core.Queues;

namespace SetGet.Api.Set;

/// <summary>Writes the part of an envelope that holds the request.</summary>
internal delegate void EnvelopeBody(PooledWriter output, EnvelopeHead head);

/// <summary>What a sender gets back once the queue has its event.</summary>
/// <param name="Id">The event id, a UUID; with an idempotency key, the first request's.</param>
/// <param name="AcceptedAt">RFC 3339, milliseconds.</param>
/// <param name="WebhookKeys">The keys that the event will be found under, without repetitions.</param>
public sealed record AcceptedEvent(string Id, DateTimeOffset AcceptedAt, IReadOnlyList<string> WebhookKeys);

/// <summary>Accepts a request that was read and authorised: admission, envelope, queue; in this order.</summary>
internal sealed partial class Acceptor
{
    private readonly Admission _admission;
    private readonly EventSender _sender;
    private readonly TimeProvider _time;
    private readonly ApiMetrics _metrics;
    private readonly ILogger<Acceptor> _logger;

    public Acceptor(Admission admission, EventSender sender, TimeProvider time, ApiMetrics metrics, ILogger<Acceptor> logger)
    {
        _admission = admission;
        _sender = sender;
        _time = time;
        _metrics = metrics;
        _logger = logger;
    }

    /// <exception cref="ProblemException">400, 409, 413, 429 or 503; then nothing was accepted.</exception>
    public async Task<AcceptedEvent> AcceptAsync(
        EventRequest request, string sender, string? idempotencyKey, string route, EnvelopeBody write, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        try
        {
            var (head, isStored) = await _admission.AdmitAsync(request, sender, idempotencyKey, cancellation);
            if (!isStored) await SendAsync(request, head, write, cancellation);
            _metrics.Accepted(route, _time.GetElapsedTime(started));
            Log.Accepted(_logger, head.Id, request.AccountId, request.FlowId, request.WebhookKeys.Count);
            return new AcceptedEvent(head.Id, DateTimeOffset.FromUnixTimeMilliseconds(head.AcceptedAt), request.WebhookKeys);
        }
        catch (ProblemException exception)
        {
            _metrics.Rejected(exception.Problem.Type);
            throw;
        }
    }

    private async Task SendAsync(EventRequest request, EnvelopeHead head, EnvelopeBody write, CancellationToken cancellation)
    {
        using var activity = _sender.Spans.Start(ApiActivities.Source, "create", ActivityKind.Producer);
        activity?.SetTag("setget.event.id", head.Id);
        var trace = activity?.Context ?? Activity.Current?.Context ?? default;
        var traced = head with { TraceParent = Activity.Current?.Id };
        var outgoing = ToOutgoing(request.AccountId, traced, write, trace);
        var outcome = await _sender.SendAsync(outgoing, cancellation);
        if (outcome == SendOutcome.Sent) return;
        await _admission.WithdrawAsync(request, head);
        QueueSpans.Fail(activity, outcome.ToString().ToLowerInvariant());
        throw new ProblemException(outcome == SendOutcome.Refused
            ? Kinds.Invalid("body", "Contains text that the queue cannot carry.")
            : Kinds.NothingAccepted("The queue does not answer."));
    }

    private static OutgoingEvent ToOutgoing(string account, EnvelopeHead head, EnvelopeBody write, ActivityContext trace)
    {
        using var buffer = new PooledWriter(4096);
        write(buffer, head);
        var text = Encoding.UTF8.GetString(buffer.Written);
        return new OutgoingEvent(head.Id, account, text, buffer.Written.Length, trace, head.TraceParent);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Accepted event {EventId} of {Account}, flow {Flow}, under {KeyCount} webhook keys")]
        public static partial void Accepted(ILogger logger, string eventId, string account, string flow, int keyCount);
    }
}
