namespace SetGet.Api.Access;

/// <summary>What a route asks of its caller.</summary>
internal enum Right
{
    /// <summary>A key with the role <c>set</c>.</summary>
    Set,

    /// <summary>A key with the role <c>get</c>.</summary>
    Get,

    /// <summary>A key with the role <c>admin</c>.</summary>
    Admin,

    /// <summary>The root key, and no other.</summary>
    Root,
}

/// <summary>Metadata of a route: the right that it asks for.</summary>
/// <param name="Right">The right.</param>
/// <param name="SignatureMayReplaceKey">
/// Whether a request without a key reaches the handler, which then must find a valid signature: senders such as GitHub and
/// Stripe sign what they send, and cannot send a header of ours.
/// </param>
internal sealed record NeedsRight(Right Right, bool SignatureMayReplaceKey = false);

/// <summary>Who calls, as far as an API key tells.</summary>
/// <param name="Id">The key's id, <c>root</c> for the root key, <c>signature</c> for a signed webhook without a key.</param>
/// <param name="Account">The account that the key belongs to; null for a key that spans all accounts.</param>
/// <param name="Rights">What it may do.</param>
internal sealed record Caller(string Id, string? Account, IReadOnlySet<Right> Rights)
{
    public const string RootId = "root";

    /// <summary>The caller behind the root key.</summary>
    public static Caller Root { get; } = new(RootId, null, new HashSet<Right> { Right.Set, Right.Get, Right.Admin, Right.Root });

    public bool May(Right right) => Rights.Contains(right);

    public bool MayUse(string account) => Account is null || string.Equals(Account, account, StringComparison.Ordinal);
}
