namespace SetGet.Core;

/// <summary>Collects webhook keys: checks each, keeps the first of equal ones.</summary>
internal sealed class WebhookKeyList
{
    internal const string Field = "webhookKeys";

    private readonly List<string> _keys = [];
    private HashSet<string>? _seen;
    private int _index;

    internal IReadOnlyList<string> Keys => _keys;

    internal void Add(string key, InputErrors errors)
    {
        var index = _index++;
        if (!Names.IsWebhookKey(key)) errors.Add($"{Field}[{index}]", "Must be " + Names.WebhookKeyRule);
        else if (IsNew(key)) _keys.Add(key);
    }

    internal void CheckNotEmpty(InputErrors errors)
    {
        if (_index == 0) errors.Add(Field, "Must name at least one webhook key.");
    }

    // A handful of keys is searched; a set pays off above that.
    private bool IsNew(string key)
    {
        if (_keys.Count < 8) return !_keys.Contains(key);
        _seen ??= new HashSet<string>(_keys, StringComparer.Ordinal);
        return _seen.Add(key);
    }
}
