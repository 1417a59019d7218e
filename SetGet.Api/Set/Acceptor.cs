using System.Diagnostics;
using System.Text;
using SetGet.Api.Http;
using SetGet.Api.Problems;
using SetGet.Api.Telemetry;
using SetGet.Core;

namespace SetGet.Api.Set;

/// <summary>Writes the part of an envelope that holds the request.</summary>
internal delegate void EnvelopeBody(PooledWriter output, EnvelopeHead head);

/// <summary>What a sender gets back once the queue has its event.</summary>
/// <param name="Id">The event id, a UUID; with an idempotency key, the first request's.</param>
/// <param name="AcceptedAt">RFC 3339, milliseconds.</param>
/// <param name="WebhookKeys">The keys that the event will be found under, without repetitions.</param>
public sealed record AcceptedEvent(string Id, DateTimeOffset AcceptedAt, IReadOnlyList<string> WebhookKeys);

/// <summary>Accepts a request that was read and authorised: limits, idempotency, envelope, queue; in this order.</summary>
internal sealed partial class Acceptor
{
    private readonly EventSender _sender;
    private readonly AccountLimits _limits;
    private readonly IdempotencyStore _idempotency;
    private readonly TtlBounds _ttl;
    private readonly QueueSpans _spans;
    private readonly TimeProvider _time;
    private readonly ApiMetrics _metrics;
    private readonly ILogger<Acceptor> _logger;

    public Acceptor(
        EventSender sender, AccountLimits limits, IdempotencyStore idempotency, TtlBounds ttl, QueueSpans spans,
        TimeProvider time, ApiMetrics metrics, ILogger<Acceptor> logger)
    {
        _sender = sender;
        _limits = limits;
        _idempotency = idempotency;
        _ttl = ttl;
        _spans = spans;
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
            _ttl.Check(request.TtlSeconds);
            await CheckLimitsAsync(request, cancellation);
            var head = await ClaimAsync(request, sender, idempotencyKey, cancellation);
            if (!head.IsStored) await SendAsync(request.AccountId, head.Head, write, cancellation);
            _metrics.Accepted(route, _time.GetElapsedTime(started));
            Log.Accepted(_logger, head.Head.Id, request.AccountId, request.FlowId, request.WebhookKeys.Count);
            return new AcceptedEvent(head.Head.Id, DateTimeOffset.FromUnixTimeMilliseconds(head.Head.AcceptedAt), request.WebhookKeys);
        }
        catch (ProblemException exception)
        {
            _metrics.Rejected(exception.Problem.Type);
            throw;
        }
    }

    private async Task CheckLimitsAsync(EventRequest request, CancellationToken cancellation)
    {
        LimitVerdict verdict;
        try
        {
            verdict = await _limits.CheckAsync(request.AccountId, request.WebhookKeys.Count, request.Data.Length, cancellation);
        }
        catch (RedisUnavailableException exception)
        {
            // Accepting needs the queue alone; an event is worth more than a limit kept while the store is away.
            Log.LimitsUnknown(_logger, exception, request.AccountId);
            return;
        }

        if (LimitProblems.Of(verdict, request) is { } problem) throw new ProblemException(problem);
    }

    /// <summary>The head of the envelope; with an idempotency key, under the id and the time of the first request with it.</summary>
    private async Task<(EnvelopeHead Head, bool IsStored)> ClaimAsync(EventRequest request, string sender, string? key, CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var head = new EnvelopeHead(Guid.CreateVersion7(now).ToString(), now.ToUnixTimeMilliseconds(), sender, key, TraceParent());
        if (key is null) return (head, false);
        try
        {
            var claim = await _idempotency.ClaimAsync(request.AccountId, request.FlowId, key, request.ContentHash(), head.Id, head.AcceptedAt, cancellation);
            if (claim.IsConflict) throw new ProblemException(Kinds.IdempotencyConflict());
            return (head with { Id = claim.Id, AcceptedAt = claim.AcceptedAt }, claim.IsStored);
        }
        catch (RedisUnavailableException exception)
        {
            // The worker claims again before it stores: there a repetition is still one event, and a conflict a dead letter.
            Log.ClaimUnknown(_logger, exception, request.AccountId);
            return (head, false);
        }
    }

    private async Task SendAsync(string account, EnvelopeHead head, EnvelopeBody write, CancellationToken cancellation)
    {
        using var activity = _spans.Start(ApiActivities.Source, "create", ActivityKind.Producer);
        activity?.SetTag("setget.event.id", head.Id);
        var trace = activity?.Context ?? Activity.Current?.Context ?? default;
        var traced = head with { TraceParent = TraceParent() };
        var outgoing = ToOutgoing(account, traced, write, trace);
        var outcome = await _sender.SendAsync(outgoing, cancellation);
        if (outcome == SendOutcome.Sent) return;
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

    private static string? TraceParent() => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Accepted event {EventId} of {Account}, flow {Flow}, under {KeyCount} webhook keys")]
        public static partial void Accepted(ILogger logger, string eventId, string account, string flow, int keyCount);

        [LoggerMessage(2, LogLevel.Warning, "The limits of {Account} could not be checked; the event is accepted without")]
        public static partial void LimitsUnknown(ILogger logger, Exception exception, string account);

        [LoggerMessage(3, LogLevel.Warning, "The idempotency key of an event of {Account} could not be claimed; the worker will")]
        public static partial void ClaimUnknown(ILogger logger, Exception exception, string account);
    }
}
