using System.Buffers;

namespace SetGet.Core.Events;

/// <summary>The names that callers choose, and what they may be made of (all are ASCII, so they are safe in Redis keys, logs and headers).</summary>
public static class Names
{
    /// <summary>Longest account or flow id, in characters.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Longest webhook key, in characters.</summary>
    public const int MaxWebhookKeyLength = 128;

    /// <summary>Longest idempotency key, in characters.</summary>
    public const int MaxIdempotencyKeyLength = 255;

    /// <summary>Longest content type, in characters.</summary>
    public const int MaxContentTypeLength = 255;

    /// <summary>What an id may be, in a sentence for error messages.</summary>
    public const string IdRule = "1 to 64 of A-Z a-z 0-9 . _ - and must begin with a letter or digit.";

    /// <summary>What a webhook key may be, in a sentence for error messages.</summary>
    public const string WebhookKeyRule = "1 to 128 of A-Z a-z 0-9 . _ - : and must begin with a letter or digit.";

    /// <summary>What an idempotency key may be, in a sentence for error messages.</summary>
    public const string IdempotencyKeyRule = "1 to 255 printable ASCII characters.";

    /// <summary>What a content type may be, in a sentence for error messages.</summary>
    public const string ContentTypeRule = "1 to 255 printable ASCII characters.";

    /// <summary>What an id may be, as a regular expression for schemas.</summary>
    public const string IdPattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";

    /// <summary>What a webhook key may be, as a regular expression for schemas.</summary>
    public const string WebhookKeyPattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$";

    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> FirstCharacters = SearchValues.Create(Alphanumeric);
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(Alphanumeric + "._-");
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(Alphanumeric + "._-:");

    /// <summary>True for what may be an account or flow id.</summary>
    public static bool IsId(ReadOnlySpan<char> text) => Is(text, MaxIdLength, IdCharacters);

    /// <summary>True for what may be a webhook key.</summary>
    public static bool IsWebhookKey(ReadOnlySpan<char> text) => Is(text, MaxWebhookKeyLength, KeyCharacters);

    /// <summary>True for what may stand in a webhook key, though not always at its beginning.</summary>
    public static bool IsWebhookKeyCharacter(char character) => KeyCharacters.Contains(character);

    /// <summary>True for what may be an idempotency key (header <c>Idempotency-Key</c> or <c>webhook-id</c>).</summary>
    public static bool IsIdempotencyKey(ReadOnlySpan<char> text)
        => text.Length is > 0 and <= MaxIdempotencyKeyLength && !text.ContainsAnyExceptInRange(' ', '~');

    /// <summary>True for what may be sent back as a Content-Type header.</summary>
    public static bool IsContentType(ReadOnlySpan<char> text)
        => text.Length is > 0 and <= MaxContentTypeLength && !text.ContainsAnyExceptInRange(' ', '~');

    private static bool Is(ReadOnlySpan<char> text, int maxLength, SearchValues<char> allowed)
        => text.Length > 0 && text.Length <= maxLength && FirstCharacters.Contains(text[0]) && !text.ContainsAnyExcept(allowed);
}
