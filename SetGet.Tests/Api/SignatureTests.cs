using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using SetGet.Api.Signing;

namespace SetGet.Tests.Api;

/// <summary>The three schemes, with the examples of their specifications.</summary>
public sealed class SignatureTests
{
    // From the Standard Webhooks specification.
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string StandardBody = """{"test": 2432232314}""";
    private const string StandardSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const long StandardTime = 1614265330;

    // From GitHub's documentation of webhook deliveries.
    private const string GitHubSignature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(StandardSignature, StandardBody, 0, "Valid")]
    [InlineData("v1,AAAA " + StandardSignature, StandardBody, 299, "Valid")]
    [InlineData(StandardSignature, StandardBody, 301, "OutOfTime")]
    [InlineData(StandardSignature, StandardBody, -301, "OutOfTime")]
    [InlineData(StandardSignature, StandardBody + " ", 0, "Wrong")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", StandardBody, 0, "Wrong")]
    [InlineData("v1,not base64", StandardBody, 0, "Wrong")]
    [InlineData("", StandardBody, 0, "Missing")]
    public void StandardWebhooks_Signature_IsChecked(string signature, string body, int secondsLater, string finding)
    {
        var headers = new HeaderDictionary
        {
            ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
            ["webhook-timestamp"] = StandardTime.ToString(),
            ["webhook-signature"] = signature,
        };

        Assert.Equal(finding, Check("standard", headers, body, StandardSecret, StandardTime + secondsLater));
    }

    [Theory]
    [InlineData(GitHubSignature, "Hello, World!", "Valid")]
    [InlineData(GitHubSignature, "Hello, World", "Wrong")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d", "Hello, World!", "Wrong")]
    [InlineData("sha256=zz", "Hello, World!", "Wrong")]
    [InlineData("", "Hello, World!", "Missing")]
    public void GitHub_Signature_IsChecked(string signature, string body, string finding)
    {
        var headers = new HeaderDictionary { ["X-Hub-Signature-256"] = signature };

        Assert.Equal(finding, Check("github", headers, body, "It's a Secret to Everybody", 0));
    }

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
        const string Secret = "whsec_test_secret_of_stripe";
        var good = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), "1000.{}"u8));
        var headers = new HeaderDictionary { ["Stripe-Signature"] = header.Replace("good", good, StringComparison.Ordinal) };

        Assert.Equal(finding, Check("stripe", headers, "{}", Secret, now));
    }

    [Theory]
    [InlineData("standard", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true)]
    [InlineData("standard", "whsec_c2hvcnQ=", false)]
    [InlineData("standard", "whsec_no base64", false)]
    [InlineData("github", "long enough to be a secret", true)]
    [InlineData("github", "short", false)]
    [InlineData("stripe", "short", false)]
    public void Secret_IsUsable_OrItsFaultIsTold(string scheme, string secret, bool isUsable)
        => Assert.Equal(isUsable, SignatureSchemes.All[scheme].FaultOf(secret) is null);

    private static string Check(string scheme, IHeaderDictionary headers, string body, string secret, long now)
        => SignatureSchemes.All[scheme].Check(headers, Encoding.UTF8.GetBytes(body), secret, DateTimeOffset.FromUnixTimeSeconds(now), Tolerance).ToString();
}
