using System.Text;
using SetGet.Tests.Api;
using SetGet.Tests.ServiceDefaults;

namespace SetGet.Tests.Security;

/// <summary>No secret leaves the process that it was given to, in whatever form: not in a log, a trace, a metric, an error, nor in what operators are shown.</summary>
public sealed class SecretsTests
{
    [Fact, Needs(Needs.Stack)]
    public async Task Secrets_AfterEveryFlowThatHandlesThem_AreNowhere()
    {
        await using var collector = await OtlpCollector.StartAsync(grpc: true);
        var stack = await TelemetryStack.StartAsync(ApiStack.StoreKind!, collector.Url);
        var flows = new SecretFlows(stack);
        await using (stack)
        {
            stack.StartWorker(TimeSpan.FromSeconds(1));
            await flows.RunAsync();
        }

        // The processes have ended, and told all that they had to tell.
        var places = new Dictionary<string, string>
        {
            ["traces"] = collector.Traces,
            ["metrics"] = collector.Metrics,
            ["logs"] = collector.Logs,
            ["consoles"] = stack.Said,
            ["answers"] = flows.Answers,
        };
        Assert.All(places, place => Assert.Contains(place.Key is "metrics" ? "setget.events.accepted" : TelemetryStack.Account, place.Value, StringComparison.Ordinal));
        // What was done has succeeded where it should, and was refused where it should be.
        Assert.All(new[] { 200, 201, 202, 204, 400, 401, 404 }, status => Assert.Contains(status, flows.Statuses));
        var found = from secret in flows.Secrets
                    from form in SecretForms.Of(secret.Value)
                    from place in places
                    where place.Value.Contains(form, StringComparison.Ordinal)
                    select $"{secret.Key} is in the {place.Key}, as {form}";
        Assert.Equal("", string.Join(Environment.NewLine, found.Distinct()));
    }

    /// <summary>The search itself: it finds a secret that is hidden in any of these ways.</summary>
    [Theory]
    [InlineData("plain")]
    [InlineData("url")]
    [InlineData("hex")]
    [InlineData("HEX")]
    [InlineData("basic")]
    [InlineData("base64 of more")]
    [InlineData("base64url of more")]
    [InlineData("json")]
    public void Forms_OfASecret_AreFoundInEachCoding(string coding)
    {
        const string Secret = "a+password/of=redis<ü>";
        var bytes = Encoding.UTF8.GetBytes(Secret);
        var text = coding switch
        {
            "url" => $"?key={Uri.EscapeDataString(Secret)}&more",
            "hex" => $"<{Convert.ToHexStringLower(bytes)}>",
            "HEX" => $"<{Convert.ToHexString(bytes)}>",
            "basic" => Convert.ToBase64String(Encoding.UTF8.GetBytes($"name:{Secret}")),
            "base64 of more" => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"body\":\"{Secret}\"}}")),
            "base64url of more" => Convert.ToBase64String(Encoding.UTF8.GetBytes($"12{Secret}34")).Replace('+', '-').Replace('/', '_'),
            "json" => System.Text.Json.JsonSerializer.Serialize(Secret),
            _ => $"password={Secret};",
        };

        Assert.Contains(SecretForms.Of(Secret), form => text.Contains(form, StringComparison.Ordinal));
    }
}
