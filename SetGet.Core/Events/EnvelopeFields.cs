using System.Diagnostics;
using System.Text.Json;

namespace SetGet.Core.Events;

/// <summary>The members of an envelope as they are met; the first fault is kept.</summary>
internal sealed class EnvelopeFields
{
    internal const long LastMillisecond = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z, the last that RFC 3339 can write
    private const int MaxSenderLength = 128;
    private const int MaxDetailLength = 500;

    private readonly InputErrors _errors = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private EnvelopeFault? _fault;
    private long _version = -1;
    private string? _id;
    private long _acceptedAt = -1;
    private string? _sender;
    private string? _idempotencyKey;
    private string? _traceParent;
    private EventRequest? _request;
    private List<string>? _addedKeys;
    private bool _hasRequest;
    private bool _isWebhook;

    internal void Fail(string reason, string detail) => _fault ??= new EnvelopeFault(reason, detail);

    internal void ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8)
    {
        var name = RequestMembers.Text(ref reader);
        if (!_seen.Add(name)) Fail(DeadLetterReasons.NotAnEnvelope, "A member of the envelope is there more than once.");
        reader.Read();
        switch (name)
        {
            case "v": _version = Number(ref reader); break;
            case "id": _id = RequestMembers.TextOrNull(ref reader); break;
            case "acceptedAt": _acceptedAt = Number(ref reader); break;
            case "sender": _sender = RequestMembers.TextOrNull(ref reader); break;
            case "idempotencyKey": ReadIdempotencyKey(ref reader); break;
            case "traceparent": _traceParent = RequestMembers.TextOrNull(ref reader); break;
            case "addedKeys": ReadAddedKeys(ref reader); break;
            case "set": TakeRequest(RequestReader.ReadObject(ref reader, utf8, RequestKind.Set, _errors), isWebhook: false); break;
            case "hook": TakeRequest(RequestReader.ReadObject(ref reader, utf8, RequestKind.Hook, _errors), isWebhook: true); break;
            default: reader.Skip(); break; // a later writer may add members to version 1 that this reader need not know
        }
    }

    internal Envelope? ToEnvelope(out EnvelopeFault? fault)
    {
        CheckVersionFirst();
        if (!Guid.TryParseExact(_id, "D", out var id)) Fail(DeadLetterReasons.InvalidId, "id must be a UUID.");
        if (_acceptedAt is < 0 or > LastMillisecond) Fail(DeadLetterReasons.InvalidAcceptedAt, "acceptedAt must be epoch milliseconds.");
        if (_sender is not { Length: > 0 and <= MaxSenderLength }) Fail(DeadLetterReasons.InvalidSender, "sender must be the id of an API key.");
        if (!_hasRequest) Fail(DeadLetterReasons.NotAnEnvelope, "The envelope must have a member set or hook.");
        if (_errors.Any) Fail(ReasonOf(_errors), DetailOf(_errors));
        fault = _fault;
        if (fault is not null || _request is null) return null;
        var head = new EnvelopeHead(id.ToString("D"), _acceptedAt, _sender!, _idempotencyKey, ValidTraceParent(), _addedKeys);
        return new Envelope(head, _request.WithKeys(_addedKeys ?? [])) { IsWebhook = _isWebhook };
    }

    // What else is wrong with another version says nothing: its members may mean something else.
    private void CheckVersionFirst()
    {
        if (_version == EnvelopeWriter.Version) return;
        var detail = $"v must be {EnvelopeWriter.Version}: the message was written by another version of SetGet, or by something else.";
        _fault = new EnvelopeFault(DeadLetterReasons.UnsupportedVersion, detail);
    }

    private void ReadIdempotencyKey(ref Utf8JsonReader reader)
    {
        // A mapping template writes "" (or null) where the sender gave none.
        if (reader.TokenType == JsonTokenType.Null) return;
        var key = RequestMembers.TextOrNull(ref reader);
        if (key is { Length: 0 }) return;
        if (!IdempotencyKeys.IsKey(key)) Fail(DeadLetterReasons.InvalidIdempotencyKey, "idempotencyKey must be " + Names.IdempotencyKeyRule);
        _idempotencyKey = key;
    }

    private void ReadAddedKeys(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Fail(DeadLetterReasons.InvalidWebhookKey, "addedKeys must be an array of webhook keys.");
            reader.Skip();
            return;
        }

        _addedKeys = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var key = RequestMembers.Text(ref reader);
            if (Names.IsWebhookKey(key)) _addedKeys.Add(key);
            else Fail(DeadLetterReasons.InvalidWebhookKey, "Each of addedKeys must be " + Names.WebhookKeyRule);
        }
    }

    // Trace context is the sender's to get wrong, and no reason to lose an event.
    private string? ValidTraceParent() => ActivityContext.TryParse(_traceParent, null, out _) ? _traceParent : null;

    private void TakeRequest(EventRequest? request, bool isWebhook)
    {
        if (_hasRequest) Fail(DeadLetterReasons.NotAnEnvelope, "The envelope must have one of set and hook, not both.");
        _hasRequest = true;
        _request = request;
        _isWebhook = isWebhook;
    }

    // The first fault that has a reason of its own.
    private static string ReasonOf(InputErrors errors)
    {
        foreach (var field in errors.ByField.Keys)
        {
            if (field.StartsWith(RequestMembers.WebhookKeys.Name + "[", StringComparison.Ordinal)) return DeadLetterReasons.InvalidWebhookKey;
            if (Array.Find(RequestMembers.All, member => member.Name == field) is { Reason: not DeadLetterReasons.InvalidRequest } member) return member.Reason;
        }

        return DeadLetterReasons.InvalidRequest;
    }

    private static string DetailOf(InputErrors errors)
    {
        var text = errors.ToString();
        return text.Length > MaxDetailLength ? text[..MaxDetailLength] : text;
    }

    private static long Number(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number)) return number;
        reader.Skip();
        return -1;
    }
}
