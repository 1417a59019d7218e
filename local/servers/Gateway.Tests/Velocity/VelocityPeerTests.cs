using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Velocity;

namespace Gateway.Tests.Velocity;

/// <summary>Generated templates render the same here and in velocityjs, wherever that one follows Velocity.</summary>
[Needs("node", "npm")]
public sealed class VelocityPeerTests
{
    private const int Templates = 1500;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Render_OfGeneratedTemplates_IsThePeers()
    {
        var templates = Enumerable.Range(1, Templates).Select(seed => new TemplateGenerator(seed).Next()).ToList();
        var folder = await NodePackages.InstallAsync(
            Path.Combine(AppContext.BaseDirectory, "Velocity", "node"), CancellationToken.None);
        var input = JsonSerializer.Serialize(templates.Select(template => new { template, variables = TemplateGenerator.PlainVariables }), Json);
        var output = await NodePackages.RunAsync(folder, "node", ["render.cjs"], input, CancellationToken.None);
        var peers = JsonSerializer.Deserialize<List<JsonElement>>(output)!;

        var differences = templates.Select((template, index) => Compare(template, peers[index])).OfType<string>().ToList();

        Assert.True(differences.Count == 0, $"{differences.Count} differ, such as:\n"
            + string.Join("\n----\n", differences.OrderBy(text => text.Length).Take(8)));
        Assert.Equal(Templates, peers.Count);
    }

    private static string? Compare(string template, JsonElement peer)
    {
        var expected = peer.TryGetProperty("output", out var output) ? output.GetString() : $"error: {peer}";
        string actual;
        try
        {
            actual = VelocityTemplate.Parse(template).Render(TemplateGenerator.Variables());
        }
        catch (VelocityException failure)
        {
            actual = "error: " + failure.Message;
        }

        return actual == expected ? null : $"{template}\nhere: {actual}\npeer: {expected}";
    }
}
