using SetGet.Api.Ops;

namespace SetGet.Tests.Ops;

public sealed class OpsOptionsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("https://hooks.example.com/v1", "https://hooks.example.com/v1")]
    [InlineData("http://localhost:5081/v1/", "http://localhost:5081/v1")]
    public void GatewayUrl_ThatIsAnAddress_IsTaken(string? url, string? gateway)
    {
        var options = new OpsOptions { GatewayUrl = url };
        Assert.True(new OpsOptionsValidator().Validate(null, options).Succeeded);
        Assert.Equal(gateway, options.Gateway);
    }

    [Theory]
    [InlineData("hooks.example.com")]
    [InlineData("/v1")]
    [InlineData("ftp://hooks.example.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://hooks.example.com/v1?x=1")]
    public void GatewayUrl_ThatIsNone_StopsTheStart(string url)
        => Assert.Contains("SetGet:Ops:GatewayUrl must be", new OpsOptionsValidator().Validate(null, new OpsOptions { GatewayUrl = url }).FailureMessage, StringComparison.Ordinal);
}
