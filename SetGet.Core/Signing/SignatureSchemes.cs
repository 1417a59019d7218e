namespace SetGet.Core.Signing;

/// <summary>The schemes by name.</summary>
public static class SignatureSchemes
{
    /// <summary>The scheme that a flow's source describes.</summary>
    public const string Custom = "custom";

    /// <summary>Those that need no description.</summary>
    public static IReadOnlyDictionary<string, ISignatureScheme> All { get; } = new ISignatureScheme[]
    {
        new StandardWebhooksScheme("standard", "webhook"),
        new StandardWebhooksScheme("svix", "svix"),
        new HmacScheme("github", new HmacDescription("X-Hub-Signature-256", Prefix: "sha256=")),
        new HmacScheme("meta", new HmacDescription("X-Hub-Signature-256", Prefix: "sha256=")),
        new HmacScheme("bitbucket", new HmacDescription("X-Hub-Signature", Prefix: "sha256=")),
        new HmacScheme("dropbox", new HmacDescription("X-Dropbox-Signature")),
        new HmacScheme("shopify", new HmacDescription("X-Shopify-Hmac-Sha256", Encoding: "base64")),
        new HmacScheme("slack", new HmacDescription(
            "X-Slack-Signature", Prefix: "v0=", TimestampHeader: "X-Slack-Request-Timestamp", Signed: "v0:{timestamp}:{body}")),
        new HmacScheme("zoom", new HmacDescription(
            "x-zm-signature", Prefix: "v0=", TimestampHeader: "x-zm-request-timestamp", Signed: "v0:{timestamp}:{body}")),
        new StripeScheme(),
        new TwilioScheme(),
        new MailgunScheme(),
        new GraphScheme(),
        new TokenScheme("gitlab", "X-Gitlab-Token"),
    }.ToDictionary(scheme => scheme.Name);

    /// <summary>Every name that a secret may have, <see cref="Custom"/> included.</summary>
    public static string Names { get; } = string.Join(", ", All.Keys.Append(Custom));

    /// <summary>Headers that are a secret of some scheme. Lower case.</summary>
    public static bool IsCredential(string header) => CredentialHeaders.Contains(header);

    private static readonly HashSet<string> CredentialHeaders = new(All.Values.Select(each => each.CredentialHeader).OfType<string>(), StringComparer.Ordinal);
}
