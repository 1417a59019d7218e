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

/// <summary>Accepts a request that was read and authorised: admission, envelope, queue; in this order.</summary>
internal sealed partial class Acceptor(Admission admission, EventSender sender, TimeProvider time, ApiMetrics metrics, ILogger<Acceptor> logger)
{
    private readonly Admission _admission = admission;
    private readonly EventSender _sender = sender;
    private readonly TimeProvider _time = time;
    private readonly ApiMetrics _metrics = metrics;
    private readonly ILogger<Acceptor> _logger = logger;

    /// <summary>The head of an event that comes now; its idempotency key is known once it is judged.</summary>
    public EnvelopeHead NewHead(string sender)
    {
        var now = _time.GetUtcNow();
        return new EnvelopeHead(EventIds.New(now).ToString(), now.ToUnixTimeMilliseconds(), sender, null, null);
    }

    /// <exception cref="ProblemException">400, 409, 413, 429 or 503; then nothing was accepted.</exception>
    public async Task<AcceptedEvent> AcceptAsync(
        EventRequest request, EnvelopeHead arrived, string route, EnvelopeBody write, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        try
        {
            var (head, isStored) = await _admission.AdmitAsync(request, arrived, cancellationToken);
            if (!isStored) await SendAsync(request, head, write, cancellationToken);
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

    private async Task SendAsync(EventRequest request, EnvelopeHead head, EnvelopeBody write, CancellationToken cancellationToken)
    {
        using var activity = _sender.Spans.Start(ApiActivities.Source, "create", ActivityKind.Producer);
        activity?.SetTag("setget.event.id", head.Id);
        var trace = activity?.Context ?? Activity.Current?.Context ?? default;
        var traced = head with { TraceParent = Activity.Current?.Id };
        var outgoing = ToOutgoing(request.AccountId, traced, write, trace);
        var outcome = await _sender.SendAsync(outgoing, cancellationToken);
        if (outcome == SendOutcome.Sent) return;
        // An event that may be in the queue keeps its claim, so that sent again it is the same.
        if (outcome != SendOutcome.Unknown) await _admission.WithdrawAsync(request, head);
        QueueSpans.Fail(activity, outcome.ToString().ToLowerInvariant());
        throw new ProblemException(outcome == SendOutcome.Refused
            ? ProblemKinds.Invalid(InputErrors.Body, "Contains text that the queue cannot carry.")
            : ProblemKinds.NothingAccepted("The queue does not answer."));
    }

    private static OutgoingEvent ToOutgoing(string account, EnvelopeHead head, EnvelopeBody write, ActivityContext trace)
    {
        using var buffer = new PooledWriter(4096);
        write(buffer, head);
        // The sender's text was within its limit; what the flow's rules added to it was not known then.
        if (buffer.Written.Length > EnvelopeWriter.MaxTextBytes) throw new ProblemException(ProblemKinds.TooLarge(EnvelopeWriter.MaxTextBytes));
        var text = Encoding.UTF8.GetString(buffer.Written);
        return new OutgoingEvent(head, account, text, buffer.Written.Length, trace);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Accepted event {EventId} of {Account}, flow {Flow}, under {KeyCount} webhook keys")]
        public static partial void Accepted(ILogger logger, string eventId, string account, string flow, int keyCount);
    }
}
