namespace SetGet.Core.Events;

/// <summary>A request as its members are met, in JSON or in a URL: each is checked here, whichever way it comes.</summary>
internal sealed class RequestBuilder
{
    private readonly InputErrors _errors;
    private readonly List<string> _keys = [];
    private HashSet<string>? _seenKeys;
    private int _keyCount;
    private int _seen;
    private string _accountId = "";
    private string _flowId = "";
    private string? _contentType;
    private int? _ttlSeconds;

    /// <param name="text">The JSON text that is read; empty where there is none.</param>
    internal RequestBuilder(InputErrors errors, ReadOnlyMemory<byte> text = default)
    {
        _errors = errors;
        Text = text;
    }

    internal ReadOnlyMemory<byte> Text { get; }

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

    /// <summary>Keeps the first of equal keys.</summary>
    internal void AddWebhookKey(string key)
    {
        var index = _keyCount++;
        if (!Names.IsWebhookKey(key)) _errors.Add($"{RequestMembers.WebhookKeys.Name}[{index}]", "Must be " + Names.WebhookKeyRule);
        else if (IsNew(key)) _keys.Add(key);
    }

    internal void ContentType(string type)
    {
        if (!Names.IsContentType(type)) Fail(RequestMembers.ContentType, "Must be " + Names.ContentTypeRule);
        _contentType = type;
    }

    internal void TtlSeconds(int seconds)
    {
        if (seconds < 1) Fail(RequestMembers.TtlSeconds, $"Must be a whole number of seconds, 1 to {int.MaxValue}.");
        _ttlSeconds = seconds;
    }

    internal void Fail(RequestMember member, string message) => _errors.Add(member.Name, message);

    /// <summary>Notes that a member of the table is there.</summary>
    internal void See(int index)
    {
        if ((_seen & (1 << index)) != 0) Fail(RequestMembers.All[index], "Is there more than once.");
        _seen |= 1 << index;
    }

    /// <summary>Null where there are errors, also of members that are not there.</summary>
    internal EventRequest? ToRequest(RequestKind kind)
    {
        for (var i = 0; i < RequestMembers.All.Length; i++)
            if (RequestMembers.All[i].RequiredIn.HasFlag(kind) && (_seen & (1 << i)) == 0) Fail(RequestMembers.All[i], "Is required.");
        return Build();
    }

    /// <summary>As <see cref="ToRequest"/>, for a request whose members are all there: in a URL.</summary>
    internal EventRequest? Build()
    {
        if (_keyCount == 0 && !_errors.ByField.ContainsKey(RequestMembers.WebhookKeys.Name)) Fail(
            RequestMembers.WebhookKeys, "Must name at least one webhook key.");
        if (_errors.Any) return null;
        return new EventRequest
        {
            AccountId = _accountId,
            FlowId = _flowId,
            WebhookKeys = _keys,
            Data = Data,
            ContentType = _contentType ?? EventRequest.Json,
            TtlSeconds = _ttlSeconds,
        };
    }

    // A handful of keys is searched; a set pays off above that.
    private bool IsNew(string key)
    {
        if (_keys.Count < 8) return !_keys.Contains(key);
        _seenKeys ??= new HashSet<string>(_keys, StringComparer.Ordinal);
        return _seenKeys.Add(key);
    }
}
