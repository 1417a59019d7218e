namespace SetGet.Core.Events;

/// <summary>The part of the builder that knows the members: each is checked here, whichever way it comes.</summary>
internal sealed partial class RequestBuilder
{
    private string _accountId = "";
    private string _flowId = "";
    private string? _contentType;
    private int? _ttlSeconds;
    private readonly Dictionary<string, string> _headers = new(StringComparer.Ordinal);

    internal ReadOnlyMemory<byte> Data { private get; set; }

    internal void AccountId(string id)
    {
        if (!Names.IsId(id)) Fail(RequestMembers.AccountId, "Must be " + Names.IdRule);
        _accountId = id;
    }

    internal void FlowId(string id)
    {
        if (!Names.IsId(id)) Fail(RequestMembers.FlowId, "Must be " + Names.IdRule);
        _flowId = id;
    }

    internal void ContentType(string type)
    {
        if (!Names.IsContentType(type)) Fail(RequestMembers.ContentType, "Must be " + Names.ContentTypeRule);
        _contentType = type;
    }

    /// <summary>Keeps what is the event's; whatever else came along is no fault of its sender.</summary>
    internal void AddHeader(string name, string? value)
    {
        var lower = name.ToLowerInvariant();
        if (!HeaderRules.IsKept(lower)) return;
        if (value is null || !HeaderRules.IsValue(value)) Fail(RequestMembers.Headers, $"The value of {lower} must be text without control characters.");
        else _headers[lower] = value;
    }

    internal void TtlSeconds(int seconds)
    {
        if (seconds < 1) Fail(RequestMembers.TtlSeconds, $"Must be a whole number of seconds, 1 to {int.MaxValue}.");
        _ttlSeconds = seconds;
    }

    private void CheckHeaders()
    {
        if (HeaderRules.FaultOf(_headers) is { } fault) Fail(RequestMembers.Headers, fault);
    }

    private EventRequest ToRequest() => new()
    {
        AccountId = _accountId,
        FlowId = _flowId,
        WebhookKeys = _keys,
        Data = Data,
        ContentType = _contentType ?? EventRequest.Json,
        TtlSeconds = _ttlSeconds,
        Headers = _headers,
    };
}
