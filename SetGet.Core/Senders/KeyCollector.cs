using SetGet.Core.Events;

namespace SetGet.Core.Senders;

/// <summary>Gathers the keys of one event: distinct, valid, and up to the bound.</summary>
/// <param name="maxKeys">Most keys; 0: as many as combinations are tried.</param>
internal sealed class KeyCollector(int maxKeys)
{
    // Up to here a search costs less than a set.
    private const int Few = 8;

    private readonly int _maxKeys = maxKeys is <= 0 or > KeyRules.MaxCombinations ? KeyRules.MaxCombinations : maxKeys;
    private readonly List<string> _keys = [];
    private HashSet<string>.AlternateLookup<ReadOnlySpan<char>>? _seen;
    private int _tried;

    internal IReadOnlyList<string> Keys => _keys;

    /// <summary>There was one too many: nothing is taken any more.</summary>
    internal bool IsOver => Fault is not null;

    internal RuleFault? Fault { get; private set; }

    /// <summary>Why the last one that was refused is no key; null where none was.</summary>
    internal string? Refusal { get; private set; }

    /// <summary>Counts one combination; false where it is one too many.</summary>
    internal bool Begin()
    {
        if (_tried++ < KeyRules.MaxCombinations) return true;
        Fault = new RuleFault(RuleFaultKind.TooMany, $"The key rules of the flow have more than {KeyRules.MaxCombinations} combinations of values in this event.");
        return false;
    }

    internal void RefuseTooLong()
        => Refusal = $"The key would be longer than {Names.MaxWebhookKeyLength} characters; a character that no key may have takes three for each of its bytes.";

    /// <summary>Takes one, of which every character may be in a key.</summary>
    internal void Add(ReadOnlySpan<char> key)
    {
        if (!char.IsAsciiLetterOrDigit(key[0])) Refusal = "The key would not begin with a letter or digit: put some text before the placeholder.";
        else if (IsKnown(key)) return;
        else if (_keys.Count == _maxKeys) Fault = new RuleFault(RuleFaultKind.TooMany, $"The key rules of the flow make more than {_maxKeys} webhook keys of this event.");
        else Keep(key.ToString());
    }

    private bool IsKnown(ReadOnlySpan<char> key)
    {
        if (_seen is { } seen) return seen.Contains(key);
        foreach (var known in _keys)
            if (key.SequenceEqual(known)) return true;
        return false;
    }

    private void Keep(string key)
    {
        _keys.Add(key);
        if (_seen is { } seen) seen.Set.Add(key);
        else if (_keys.Count == Few) _seen = new HashSet<string>(_keys, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
