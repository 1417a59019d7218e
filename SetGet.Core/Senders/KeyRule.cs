using SetGet.Core.Events;

namespace SetGet.Core.Senders;

/// <summary>A piece of a rule: text, or a placeholder.</summary>
/// <param name="Text">The text; what the placeholder is called in an explanation.</param>
/// <param name="Source">Which of the sources it stands for; -1 for text.</param>
internal readonly record struct RulePart(string Text, int Source)
{
    internal const int None = -1;

    internal bool IsText => Source == None;
}

/// <summary>One rule, ready to be filled in. A place that it names twice stands for the same value in both.</summary>
internal sealed class KeyRule(string text, IReadOnlyList<RulePart> parts)
{
    private readonly RulePart[] _parts = [.. parts];
    private readonly int[] _sources = [.. parts.Where(part => !part.IsText).Select(part => part.Source).Distinct()];

    internal string Text { get; } = text;

    /// <summary>Adds a key for every combination of the values, the last placeholder's changing first.</summary>
    internal void Collect(ReadOnlySpan<SourceValues> values, KeyCollector into)
    {
        foreach (var source in _sources)
            if (values[source].Count == 0) return;
        Span<int> at = stackalloc int[KeyRules.MaxPlaceholders];
        do
        {
            if (!into.Begin()) return;
            FillIn(values, at, into);
        }
        while (!into.IsOver && Advance(values, at));
    }

    /// <summary>Why <see cref="Collect"/> added nothing.</summary>
    internal string WhyNone(ReadOnlySpan<SourceValues> values, KeyCollector keys)
    {
        foreach (var part in _parts)
            if (!part.IsText && values[part.Source].Count == 0) return $"{part.Text} {Reason(values[part.Source].Why)}";
        return keys.Refusal ?? "";
    }

    private void FillIn(ReadOnlySpan<SourceValues> values, ReadOnlySpan<int> at, KeyCollector into)
    {
        Span<char> key = stackalloc char[Names.MaxWebhookKeyLength];
        var length = 0;
        foreach (var part in _parts)
        {
            var piece = part.IsText ? part.Text : values[part.Source][at[Array.IndexOf(_sources, part.Source)]];
            if (!piece.TryCopyTo(key[length..]))
            {
                into.RefuseTooLong();
                return;
            }

            length += piece.Length;
        }

        into.Add(key[..length]);
    }

    private bool Advance(ReadOnlySpan<SourceValues> values, Span<int> at)
    {
        for (var i = _sources.Length - 1; i >= 0; i--)
        {
            if (++at[i] < values[_sources[i]].Count) return true;
            at[i] = 0;
        }

        return false;
    }

    private static string Reason(NoValue why) => why switch
    {
        NoValue.Null => "is null.",
        NoValue.IsObject => "is an object: name one of its members.",
        NoValue.Empty => "is empty.",
        NoValue.TooLong => $"is longer than the {Names.MaxWebhookKeyLength} characters of a key; one that no key may have takes three for each of its bytes.",
        NoValue.NotText => "is no text: it is not UTF-8, or has half of a surrogate pair.",
        NoValue.NoScalarInArray => "is an array without a string, number, true or false that could be in a key.",
        NoValue.NotJson => "cannot be looked for: the body is neither JSON nor a form.",
        _ => "is not there.",
    };
}
