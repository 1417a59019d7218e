using System.Security.Cryptography;
using System.Text;
using SetGet.Core.Events;
using SetGet.Core.Signing;
using static SetGet.Tests.Core.Signing.SchemeChecks;

namespace SetGet.Tests.Core.Signing;

/// <summary>The schemes whose owners publish no examples, and those that a flow describes: with what the platform's own HMAC makes of the rule.</summary>
public sealed class ComputedSignatureTests
{
    private const string Secret = "a secret of more than sixteen characters";

    [Theory]
    [InlineData("t=1000,v1=good", 1000, "Valid")]
    [InlineData("t=1000, v1=bad, v1=good, v0=old", 1300, "Valid")]
    [InlineData("t=1000,v1=good", 1301, "OutOfTime")]
    [InlineData("t=1001,v1=good", 1000, "Wrong")]
    [InlineData("v1=good", 1000, "Wrong")]
    [InlineData("t=1000,v0=good", 1000, "Wrong")]
    [InlineData("", 1000, "Missing")]
    public void Stripe_Signature_IsChecked(string header, long now, string finding)
    {
        var good = Convert.ToHexStringLower(Hmac("1000.{}"));
        Assert.Equal(finding, Check("stripe", new() { ["stripe-signature"] = header.Replace("good", good, StringComparison.Ordinal) }, "{}", Secret, now));
    }

    [Fact]
    public void Shopify_Signature_IsBase64OverTheBody()
    {
        var headers = new Dictionary<string, string> { ["x-shopify-hmac-sha256"] = Convert.ToBase64String(Hmac("""{"id":1}""")) };
        Assert.Equal("Valid", Check("shopify", headers, """{"id":1}""", Secret, 0));
        Assert.Equal("Wrong", Check("shopify", headers, """{"id":2}""", Secret, 0));
    }

    [Theory]
    [InlineData(1529006854, "Valid")]
    [InlineData(1529007155, "OutOfTime")]
    public void Mailgun_Signature_IsWithinTheBody(long now, string finding)
    {
        const string Token = "a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0";
        var signature = Convert.ToHexStringLower(Hmac("1529006854" + Token));
        var body = $$$"""
            {"event-data":{"signature":{"token":"not this one"}},
             "signature":{"timestamp":"1529006854","token":"{{{Token}}}","extra":[1],"signature":"{{{signature}}}"}}
            """;
        Assert.Equal(finding, Check("mailgun", [], body, Secret, now));
        Assert.Equal("Wrong", Check("mailgun", [], body.Replace("1529006854", "1529006855", StringComparison.Ordinal), Secret, now));
        Assert.Equal("Missing", Check("mailgun", [], "{\"signature\":[]}", Secret, now));
        Assert.Equal("Missing", Check("mailgun", [], "no json", Secret, now));
    }

    [Theory]
    [InlineData(Secret, "Valid")]
    [InlineData(Secret + "x", "Wrong")]
    [InlineData("x", "Wrong")]
    [InlineData("", "Missing")]
    public void GitLab_Token_IsTheSecret(string token, string finding)
    {
        Assert.Equal(finding, Check("gitlab", new() { ["x-gitlab-token"] = token }, "{}", Secret, 0));
        Assert.True(SignatureSchemes.IsCredential("x-gitlab-token"));
    }

    [Fact]
    public void DescribedScheme_SignsWhatItSays()
    {
        var description = new HmacDescription(
            "X-Signature", "sha512", "base64", "sig:", "X-Time", "{header:X-Id}|{timestamp}|{body}|{url}");
        var errors = new InputErrors();
        HmacDescriptionRules.Check(description, errors, "custom");
        Assert.False(errors.Any);
        var signature = Convert.ToBase64String(HMACSHA512.HashData(Encoding.UTF8.GetBytes(Secret), "7|1000|{}|https://a/b"u8));
        var scheme = new HmacScheme("custom", description);
        var headers = new Dictionary<string, string> { ["x-signature"] = "sig:" + signature, ["x-time"] = "1000", ["x-id"] = "7" };
        Assert.Equal("Valid", Check(scheme, headers, "{}", Secret, 1000, "text/plain", "https://a/b"));
        Assert.Equal("OutOfTime", Check(scheme, headers, "{}", Secret, 1301, "text/plain", "https://a/b"));
        Assert.True(scheme.CoversHeader("x-id"));
        headers["x-id"] = "8";
        Assert.Equal("Wrong", Check(scheme, headers, "{}", Secret, 1000, "text/plain", "https://a/b"));
    }

    [Theory]
    [InlineData("", "sha256", "hex", null, "{body}", "custom.header")]
    [InlineData("X", "md5", "hex", null, "{body}", "custom.algorithm")]
    [InlineData("X", "sha256", "text", null, "{body}", "custom.encoding")]
    [InlineData("X", "sha256", "hex", "not a name", "{body}", "custom.timestampHeader")]
    [InlineData("X", "sha256", "hex", null, "{timestamp}.{body}", "custom.timestampHeader")]
    [InlineData("X", "sha256", "hex", null, "{timestamp}", "custom.signed")]
    [InlineData("X", "sha256", "hex", null, "{body}{body}", "custom.signed")]
    [InlineData("X", "sha256", "hex", null, "{body", "custom.signed")]
    [InlineData("X", "sha256", "hex", null, "{header:}{body}", "custom.signed")]
    public void DescribedScheme_ThatIsWrong_IsToldByMember(string header, string algorithm, string encoding, string? time, string signed, string field)
    {
        var errors = new InputErrors();
        HmacDescriptionRules.Check(new HmacDescription(header, algorithm, encoding, "", time, signed), errors, "custom");
        Assert.Equal([field], errors.ByField.Keys);
    }

    [Theory]
    [InlineData("standard", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("standard", "whsec_c2hvcnQ=", false)]
    [InlineData("standard", "whsec_no base64", false)]
    [InlineData("standard", "whpk_c2hvcnQ=", false)]
    [InlineData("github", "long enough to be a secret", true)]
    [InlineData("github", "short", false)]
    [InlineData("stripe", "short", false)]
    public void Secret_IsUsable_OrItsFaultIsTold(string scheme, string secret, bool isUsable)
        => Assert.Equal(isUsable, SignatureSchemes.All[scheme].FaultOf(secret) is null);

    private static byte[] Hmac(string text) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text));
}
