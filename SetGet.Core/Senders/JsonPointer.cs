namespace SetGet.Core.Senders;

/// <summary>What is wrong with a pointer.</summary>
/// <param name="At">The index of the character.</param>
/// <param name="Message">What it is, and how to mend it.</param>
internal readonly record struct PointerFault(int At, string Message);

/// <summary>Pointers into JSON, as RFC 6901 has them: <c>/customer/id</c>, <c>/items/0</c>; <c>~1</c> is a slash within a name, <c>~0</c> a tilde.</summary>
internal static class JsonPointer
{
    /// <summary>Most steps.</summary>
    internal const int MaxDepth = 32;

    /// <summary>The names of its steps; null where it is none.</summary>
    internal static string[]? Parse(string pointer, out PointerFault fault)
    {
        fault = default;
        if (FaultOf(pointer) is { } found)
        {
            fault = found;
            return null;
        }

        return Array.ConvertAll(pointer[1..].Split('/'), step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
    }

    private static PointerFault? FaultOf(string pointer)
    {
        if (!pointer.StartsWith('/')) return new PointerFault(0, "a pointer begins with a slash, as in /orderId.");
        var depth = 0;
        for (var i = 0; i < pointer.Length; i++)
        {
            if (pointer[i] == '/' && ++depth > MaxDepth) return new PointerFault(i, $"a pointer has at most {MaxDepth} steps.");
            if (pointer[i] == '~' && !(i + 1 < pointer.Length && pointer[i + 1] is '0' or '1'))
                return new PointerFault(i, "in a pointer a ~ is written as ~0, and a slash within a name as ~1.");
            if (char.IsSurrogatePair(pointer, i)) i++;
            else if (char.IsSurrogate(pointer[i])) return new PointerFault(i, "half of a surrogate pair is no character: write the whole.");
        }

        return null;
    }
}
