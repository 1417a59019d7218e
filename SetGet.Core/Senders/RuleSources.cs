namespace SetGet.Core.Senders;

/// <summary>Where the rules of a flow look for values, each place once: pointers, headers, the event's id. Each has a number. Grows while rules are parsed, not after.</summary>
internal sealed class RuleSources
{
    private readonly PointerNode _root = new("", 0);
    private readonly List<(string Name, int Source)> _headers = [];
    private int _eventId = RulePart.None;

    /// <summary>How many numbers there are.</summary>
    internal int Count { get; private set; } = 1;

    internal bool HasPointers => _root.Children.Length > 0;

    internal int Pointer(IEnumerable<string> steps)
    {
        var node = _root;
        foreach (var step in steps) node = node.Child(step) ?? node.Add(new PointerNode(step, Count++));
        node.IsAsked = true;
        return node.Source;
    }

    /// <param name="name">In lower case.</param>
    internal int Header(string name)
    {
        foreach (var known in _headers)
            if (known.Name == name) return known.Source;
        _headers.Add((name, Count));
        return Count++;
    }

    internal int EventId()
    {
        if (_eventId == RulePart.None) _eventId = Count++;
        return _eventId;
    }

    /// <summary>Reads all of them.</summary>
    internal RuleFault? Read(
        ReadOnlySpan<byte> body, string contentType, IReadOnlyDictionary<string, string> headers, string eventId, Span<SourceValues> values)
    {
        var fault = HasPointers ? ReadBody(body, contentType, values) : null;
        foreach (var (name, source) in _headers)
            if (headers.TryGetValue(name, out var value)) Take(value, ref values[source]);
            else values[source].Why = NoValue.Missing;
        if (_eventId != RulePart.None) Take(eventId, ref values[_eventId]);
        return fault;
    }

    private RuleFault? ReadBody(ReadOnlySpan<byte> body, string contentType, Span<SourceValues> values)
    {
        var kind = BodyKinds.Of(contentType);
        if (kind == BodyKind.Form)
        {
            FormReader.Read(body, _root, values);
            return null;
        }

        // What does not say that it is JSON, and cannot be anything with members, is not worth an exception.
        var isTried = kind == BodyKind.Json || BodyKinds.MayHaveMembers(body);
        var wrong = isTried ? JsonPass.Read(body, _root, values) : "";
        if (wrong is null) return null;
        values[..Count].Fill(new SourceValues { Why = NoValue.NotJson });
        return kind == BodyKind.Json ? new RuleFault(RuleFaultKind.NotJson, $"The body is not JSON: {wrong}.") : null;
    }

    private static void Take(string text, ref SourceValues into)
    {
        into.Why = KeyText.Encode(text, out var value);
        if (value is not null) into.Add(value);
    }
}
