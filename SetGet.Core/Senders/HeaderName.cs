using System.Buffers;

namespace SetGet.Core.Senders;

/// <summary>What a header may be called: a token of HTTP.</summary>
internal static class HeaderName
{
    /// <summary>Longest name, in characters.</summary>
    internal const int MaxLength = 64;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    internal static bool IsCharacter(char character) => Characters.Contains(character);

    internal static bool Is(string name) => name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(Characters);
}
