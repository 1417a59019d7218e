using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SetGet.Tests.Api;

/// <summary>
/// The OpenAPI document against the running API: whatever a route is seen to answer is documented, and whatever is documented is
/// seen. The calls are in <see cref="ContractCalls"/>.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed class ContractTests(ApiStack stack)
{
    [Fact]
    public async Task Document_AndRunningApi_Agree()
    {
        var document = await stack.Root.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var documented = Operations(document).SelectMany(each => each.Statuses.Select(status => $"{each.Method} {each.Path} {status}")).Order().ToList();

        var seen = await new ContractCalls(stack, document).RunAsync();

        Assert.Empty(seen.Except(documented));
        Assert.Empty(documented.Except(seen));
    }

    [Fact]
    public async Task Document_IsComplete()
    {
        var document = await stack.Root.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var (method, path, operation, _) in Operations(document))
        {
            var name = $"{method} {path}";
            Assert.True(operation.TryGetProperty("summary", out _) && operation.TryGetProperty("operationId", out _), name);
            var declared = operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToList() : [];
            var inPath = declared.Where(each => each.GetProperty("in").GetString() == "path").Select(each => each.GetProperty("name").GetString());
            Assert.Equal(Regex.Matches(path, @"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["name"].Value).Order(), inPath.Order());
            Assert.All(declared, each => Assert.NotEmpty(each.GetProperty("description").GetString()!));
            foreach (var answer in operation.GetProperty("responses").EnumerateObject().Where(each => each.Value.TryGetProperty("content", out _)))
                foreach (var content in answer.Value.GetProperty("content").EnumerateObject())
                    Assert.True(content.Value.TryGetProperty("schema", out _) && content.Value.TryGetProperty("example", out _), $"{name} {answer.Name} lacks a schema or an example");
        }
    }

    [Fact]
    public async Task DocsPage_ServesItselfUnderAStrictPolicy()
    {
        using var page = await stack.Root.GetAsync("/docs/index.html");
        using var script = await stack.Root.GetAsync("/docs/swagger-ui-bundle.js");

        Assert.True(page.IsSuccessStatusCode && script.IsSuccessStatusCode);
        var policy = page.Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Method, string Path, JsonElement Operation, IEnumerable<string> Statuses)> Operations(JsonElement document)
        => from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select (operation.Name.ToUpperInvariant(), path.Name, operation.Value, operation.Value.GetProperty("responses").EnumerateObject().Select(each => each.Name));
}
