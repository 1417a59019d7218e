using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Testing;

namespace SetGet.Tests.Deploy;

/// <summary>The function in service.yaml that makes the load balancer's certificate where the operator brings none.</summary>
[Needs(Needs.Node)]
public sealed class CertificateFunctionTests
{
    private const string Host = "internal-setget-1234567890.us-east-1.elb.amazonaws.com";
    private const string Arn = "arn:aws:acm:us-east-1:000000000000:certificate/1";

    [Fact]
    public async Task Create_MakesACertificateForTheName_AndAnswersWithoutTheKey()
    {
        var result = await RunAsync(Event("Create"));

        var body = result["answer"]!["body"]!;
        Assert.Equal("SUCCESS", (string)body["Status"]!);
        Assert.Equal(Arn, (string)body["PhysicalResourceId"]!);
        Assert.Equal("stack request Certificate", $"{body["StackId"]} {body["RequestId"]} {body["LogicalResourceId"]}");
        Assert.DoesNotContain("PRIVATE KEY", body.ToJsonString(), StringComparison.Ordinal);
        var imported = result["calls"]![0]!["input"]!;
        Assert.Equal((string)imported["Certificate"]!, (string)body["Data"]!["Pem"]!);
        Assert.Equal((string)imported["Certificate"]!, ((string)body["Data"]!["EscapedPem"]!).Replace("\\n", "\n", StringComparison.Ordinal));
        using var certificate = X509Certificate2.CreateFromPem((string)imported["Certificate"]!, (string)imported["PrivateKey"]!);
        AssertServes(certificate);
    }

    private static void AssertServes(X509Certificate2 certificate)
    {
        Assert.True(certificate.MatchesHostname(Host, allowWildcards: false, allowCommonName: false));
        Assert.False(certificate.MatchesHostname("other.example.com"));
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.Equal("1.2.840.10045.2.1", certificate.PublicKey.Oid.Value);
        Assert.InRange(certificate.NotAfter - certificate.NotBefore, TimeSpan.FromDays(3650), TimeSpan.FromDays(3651));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }

    [Fact]
    public async Task Delete_CertificateStillInUse_TriesUntilItIsNot()
    {
        var result = await RunAsync(Event("Delete", Arn), "ResourceInUseException", "ResourceInUseException");

        Assert.Equal("SUCCESS", (string)result["answer"]!["body"]!["Status"]!);
        Assert.Equal(3, result["calls"]!.AsArray().Count);
        Assert.All(result["calls"]!.AsArray(), call => Assert.Equal(Arn, (string)call!["input"]!["CertificateArn"]!));
    }

    /// <summary>A creation that failed has nothing to delete; its deletion must not fail as well, or the stack hangs.</summary>
    [Fact]
    public async Task Delete_NothingWasMade_Succeeds()
    {
        var result = await RunAsync(Event("Delete", "none"));

        Assert.Equal("SUCCESS", (string)result["answer"]!["body"]!["Status"]!);
        Assert.Empty(result["calls"]!.AsArray());
    }

    [Fact]
    public async Task Create_AcmRefuses_AnswersFailedWithTheReason()
    {
        var result = await RunAsync(Event("Create"), "LimitExceededException");

        Assert.Equal("FAILED", (string)result["answer"]!["body"]!["Status"]!);
        Assert.StartsWith("LimitExceededException", (string)result["answer"]!["body"]!["Reason"]!, StringComparison.Ordinal);
    }

    private static JsonObject Event(string type, string? physicalId = null) => new()
    {
        ["RequestType"] = type,
        ["ResponseURL"] = "https://example.com/answer",
        ["StackId"] = "stack",
        ["RequestId"] = "request",
        ["LogicalResourceId"] = "Certificate",
        ["PhysicalResourceId"] = physicalId,
        ["ResourceProperties"] = new JsonObject { ["DomainName"] = Host },
    };

    private static async Task<JsonNode> RunAsync(JsonObject @event, params string[] failures)
    {
        var code = Templates.Read("service.yaml").Root["Resources"]!["CertificateFunction"]!["Properties"]!["Code"]!["ZipFile"]!.Text;
        var input = new JsonObject { ["code"] = code, ["event"] = @event, ["failures"] = JsonSerializer.SerializeToNode(failures) };
        var folder = Path.Combine(AppContext.BaseDirectory, "Deploy", "node");
        return JsonNode.Parse(await NodePackages.RunAsync(folder, "node", ["certificate.cjs"], input.ToJsonString(), CancellationToken.None))!;
    }
}
