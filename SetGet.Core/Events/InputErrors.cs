namespace SetGet.Core.Events;

/// <summary>What is wrong with an input, by field: the <c>errors</c> of a problem document. At most <see cref="MaxFields"/> fields are kept.</summary>
public sealed class InputErrors
{
    /// <summary>More would help nobody, and a hostile request could make a huge answer of them.</summary>
    public const int MaxFields = 20;

    /// <summary>Most messages that are kept for one field.</summary>
    public const int MaxMessagesPerField = 5;

    /// <summary>The field name for what is wrong with the text as a whole.</summary>
    public const string Body = "body";

    private readonly Dictionary<string, string[]> _byField = new(StringComparer.Ordinal);

    /// <summary>True when there is at least one error.</summary>
    public bool Any => _byField.Count > 0;

    /// <summary>The messages by field, in the shape of a validation problem document.</summary>
    public IReadOnlyDictionary<string, string[]> ByField => _byField;

    /// <summary>Adds a message that names the limit and the fix.</summary>
    public void Add(string field, string message)
    {
        if (_byField.TryGetValue(field, out var messages))
        {
            // Bounded, and without repetitions: a hostile body may repeat one mistake a hundred thousand times.
            if (messages.Length < MaxMessagesPerField && !messages.Contains(message)) _byField[field] = [.. messages, message];
        }
        else if (_byField.Count < MaxFields) _byField.Add(field, [message]);
    }

    /// <summary>All of it in one line, for the detail of a dead letter.</summary>
    public override string ToString() => string.Join(' ', _byField.Select(e => $"{e.Key}: {string.Join(' ', e.Value)}"));
}
