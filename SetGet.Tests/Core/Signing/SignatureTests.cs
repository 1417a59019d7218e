using Org.BouncyCastle.Math.EC.Rfc8032;
using SetGet.Core.Signing;
using static SetGet.Tests.Core.Signing.SchemeChecks;

namespace SetGet.Tests.Core.Signing;

/// <summary>The schemes, with the examples that their owners publish.</summary>
public sealed class SignatureTests
{
    // From the Standard Webhooks specification and its libraries' tests.
    private const string StandardId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string StandardBody = """{"test": 2432232314}""";
    private const string StandardSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string AnotherSignature = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    private const string AsymmetricSeed = "VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=";
    private const string AsymmetricSignature = "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";
    private const long StandardTime = 1614265330;

    // From GitHub's documentation of webhook deliveries.
    private const string GitHubSignature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    // From Slack's documentation of verifying requests.
    private const string SlackBody =
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        + "&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
        + "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    private const string SlackSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
    private const long SlackTime = 1531420618;

    // From Twilio's documentation of webhook security, and its libraries' tests.
    private const string TwilioUrl = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private const string TwilioForm = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    private const string TwilioJson = """{"property": "value", "boolean": true}""";

    [Theory]
    [InlineData(StandardSignature, StandardBody, 0, "Valid")]
    [InlineData("v1,AAAA " + StandardSignature, StandardBody, 299, "Valid")]
    [InlineData(AnotherSignature + " v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= " + StandardSignature + " " + AnotherSignature, StandardBody, 0, "Valid")]
    [InlineData(AnotherSignature + ", " + StandardSignature, StandardBody, 0, "Valid")]
    [InlineData(StandardSignature, StandardBody, 301, "OutOfTime")]
    [InlineData(StandardSignature, StandardBody, -301, "OutOfTime")]
    [InlineData(StandardSignature, StandardBody + " ", 0, "Wrong")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", StandardBody, 0, "Wrong")]
    [InlineData(AnotherSignature, StandardBody, 0, "Wrong")]
    [InlineData("v1,g0hM9S", StandardBody, 0, "Wrong")]
    [InlineData("v1,", StandardBody, 0, "Wrong")]
    [InlineData("v1,not base64", StandardBody, 0, "Wrong")]
    [InlineData("", StandardBody, 0, "Missing")]
    public void StandardWebhooks_Signature_IsChecked(string signature, string body, int secondsLater, string finding)
    {
        foreach (var (scheme, family) in new[] { ("standard", "webhook"), ("svix", "svix") })
            foreach (var secret in new[] { StandardSecret, StandardSecret["whsec_".Length..] })
                Assert.Equal(finding, Check(scheme, Standard(family, signature), body, secret, StandardTime + secondsLater));
    }

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public void StandardWebhooks_HeaderThatIsNotThere_IsMissing(string header)
    {
        var headers = Standard("webhook", StandardSignature);
        headers.Remove(header);
        Assert.Equal("Missing", Check("standard", headers, StandardBody, StandardSecret, StandardTime));
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("946684800")]
    [InlineData("-9223372036854775808")]
    public void StandardWebhooks_AnotherTimestamp_IsWrong(string timestamp)
    {
        var headers = Standard("webhook", StandardSignature);
        headers["webhook-timestamp"] = timestamp;
        Assert.Equal("Wrong", Check("standard", headers, StandardBody, StandardSecret, StandardTime));
    }

    [Theory]
    [InlineData(AsymmetricSignature, StandardBody, 0, "Valid")]
    [InlineData(AnotherSignature + " " + AsymmetricSignature, StandardBody, 0, "Valid")]
    [InlineData(AsymmetricSignature, StandardBody, 301, "OutOfTime")]
    [InlineData(AsymmetricSignature, StandardBody + " ", 0, "Wrong")]
    [InlineData("v1a,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=", StandardBody, 0, "Wrong")]
    [InlineData("v1a,", StandardBody, 0, "Wrong")]
    [InlineData(StandardSignature, StandardBody, 0, "Wrong")]
    public void StandardWebhooks_AsymmetricSignature_IsChecked(string signature, string body, int secondsLater, string finding)
    {
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(Convert.FromBase64String(AsymmetricSeed), 0, publicKey, 0);
        var key = "whpk_" + Convert.ToBase64String(publicKey);
        Assert.Null(SignatureSchemes.All["standard"].FaultOf(key));
        Assert.Equal(finding, Check("standard", Standard("webhook", signature), body, key, StandardTime + secondsLater));
    }

    [Theory]
    [InlineData(GitHubSignature, "Hello, World!", "Valid")]
    [InlineData(GitHubSignature, "Hello, World", "Wrong")]
    [InlineData("sha1=757107ea0eb2509fc211221cce984b8a37570b6d", "Hello, World!", "Wrong")]
    [InlineData("sha256=zz", "Hello, World!", "Wrong")]
    [InlineData("", "Hello, World!", "Missing")]
    public void GitHub_Signature_IsChecked(string signature, string body, string finding)
    {
        Assert.Equal(finding, Check("github", new() { ["x-hub-signature-256"] = signature }, body, "It's a Secret to Everybody", 0));
        Assert.Equal(finding, Check("meta", new() { ["x-hub-signature-256"] = signature }, body, "It's a Secret to Everybody", 0));
        Assert.Equal(finding, Check("bitbucket", new() { ["x-hub-signature"] = signature }, body, "It's a Secret to Everybody", 0));
    }

    [Theory]
    [InlineData(SlackSignature, 0, "Valid")]
    [InlineData(SlackSignature, 301, "OutOfTime")]
    [InlineData("v0=b2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", 0, "Wrong")]
    [InlineData("", 0, "Missing")]
    public void Slack_Signature_IsChecked(string signature, int secondsLater, string finding)
    {
        var headers = new Dictionary<string, string> { ["x-slack-signature"] = signature, ["x-slack-request-timestamp"] = SlackTime.ToString() };
        Assert.Equal(finding, Check("slack", headers, SlackBody, "8f742231b10e8888abcd99yyyzzz85a5", SlackTime + secondsLater));
    }

    [Theory]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=", TwilioForm, "application/x-www-form-urlencoded", "Valid")]
    [InlineData("RSOYDt4T1cUTdK1PDd93/VVr8B8=", TwilioForm + "&a=b", "application/x-www-form-urlencoded; charset=utf-8", "Wrong")]
    [InlineData("a9nBmqA0ju/hNViExpshrM61xv4=", TwilioJson, "application/json", "Valid")]
    [InlineData("a9nBmqA0ju/hNViExpshrM61xv4=", TwilioJson + " ", "application/json", "Wrong")]
    [InlineData("", TwilioJson, "application/json", "Missing")]
    public void Twilio_Signature_IsCheckedAgainstTheSourcesUrl(string signature, string body, string contentType, string finding)
    {
        var headers = new Dictionary<string, string> { ["x-twilio-signature"] = signature };
        Assert.Equal(finding, Check("twilio", headers, body, "12345", 0, contentType, TwilioUrl));
        if (finding == "Valid") Assert.Equal("Wrong", Check("twilio", headers, body, "12345", 0, contentType, url: null));
    }

    private static Dictionary<string, string> Standard(string family, string signature) => new()
    {
        [family + "-id"] = StandardId,
        [family + "-timestamp"] = StandardTime.ToString(),
        [family + "-signature"] = signature,
    };
}
