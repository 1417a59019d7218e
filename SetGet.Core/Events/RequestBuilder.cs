namespace SetGet.Core.Events;

/// <summary>A request as its members are met, in JSON or in a URL.</summary>
/// <param name="errors">Gets what is wrong, by member.</param>
/// <param name="text">The JSON text that is read; empty where there is none.</param>
internal sealed partial class RequestBuilder(InputErrors errors, ReadOnlyMemory<byte> text = default)
{
    private readonly InputErrors _errors = errors;
    private readonly List<string> _keys = [];
    private HashSet<string>? _seenKeys;
    private int _keyCount;
    private int _seen;

    /// <summary>Whether the webhook keys may all come from the flow's rules.</summary>
    internal bool MayHaveNoKeys { private get; set; }

    internal ReadOnlyMemory<byte> Text { get; } = text;

    /// <summary>Keeps the first of equal keys.</summary>
    internal void AddWebhookKey(string key)
    {
        var index = _keyCount++;
        if (!Names.IsWebhookKey(key)) _errors.Add($"{RequestMembers.WebhookKeys.Name}[{index}]", "Must be " + Names.WebhookKeyRule);
        else if (IsNew(key)) _keys.Add(key);
    }

    internal void Fail(RequestMember member, string message) => _errors.Add(member.Name, message);

    /// <summary>Notes that a member of the table is there.</summary>
    internal void NoteMember(int index)
    {
        if ((_seen & (1 << index)) != 0) Fail(RequestMembers.All[index], "Is there more than once.");
        _seen |= 1 << index;
    }

    /// <summary>Null where there are errors, also of members that are not there.</summary>
    internal EventRequest? Build(RequestKind kind)
    {
        for (var i = 0; i < RequestMembers.All.Length; i++)
            if (RequestMembers.All[i].RequiredIn.HasFlag(kind) && (_seen & (1 << i)) == 0) Fail(RequestMembers.All[i], "Is required.");
        return Build();
    }

    /// <summary>As the other one, for a request whose members are all there: in a URL.</summary>
    internal EventRequest? Build()
    {
        CheckHeaders();
        if (_keyCount == 0 && !MayHaveNoKeys && !_errors.ByField.ContainsKey(RequestMembers.WebhookKeys.Name))
            Fail(RequestMembers.WebhookKeys, "Must name at least one webhook key.");
        return _errors.Any ? null : ToRequest();
    }

    // A handful of keys is searched; a set pays off above that.
    private bool IsNew(string key)
    {
        if (_keys.Count < 8) return !_keys.Contains(key);
        _seenKeys ??= new HashSet<string>(_keys, StringComparer.Ordinal);
        return _seenKeys.Add(key);
    }
}
