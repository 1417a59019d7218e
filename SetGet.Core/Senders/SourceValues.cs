namespace SetGet.Core.Senders;

/// <summary>Why a place in an event gives no value.</summary>
internal enum NoValue : byte
{
    Missing,
    Null,
    IsObject,
    Empty,
    TooLong,
    NotText,
    NoScalarInArray,
    NotJson,
}

/// <summary>What one place in an event (a pointer, a header, the id) holds: no value, one, or those of an array; already encoded for a key.</summary>
internal struct SourceValues
{
    private string? _first;
    private List<string>? _further;

    /// <summary>The member was met. Of a member that is there twice the first counts.</summary>
    internal bool IsMet { get; set; }

    /// <summary>Why there is no value, as long as there is none.</summary>
    internal NoValue Why { get; set; }

    internal readonly int Count => _first is null ? 0 : 1 + (_further?.Count ?? 0);

    internal readonly string this[int index] => index == 0 ? _first! : _further![index - 1];

    /// <summary>Adds a value. More than can be tried are not kept: that there are too many shows in the first of those.</summary>
    internal void Add(string value)
    {
        if (_first is null) _first = value;
        else if ((_further ??= []).Count < KeyRules.MaxCombinations) _further.Add(value);
    }
}
