using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SetGet.Client;
using SetGet.Tests.Api;

namespace SetGet.Tests.Clients;

/// <summary>The examples of docs/clients.md, each as it stands there, on a client that a public generator made of the running API's own document.</summary>
[Collection(ApiCollection.Name)]
public sealed partial class GeneratedClientTests(ApiStack stack)
{
    private const string Data = """{"orderId": 4711, "total": 1.10}""";

    /// <summary>What each example tells of one event: its data byte for byte, and that it was found, listed and taken once.</summary>
    private const string Told = Data + ", found 1, listed 1, took 1";

    private static readonly string Page = File.ReadAllText(Path.Combine(Deploy.Templates.Root, "docs", "clients.md"));

    [Fact]
    public async Task CSharp_Example_ReadsWhatWasSet()
    {
        var (key, order) = await NewReaderAsync();
        var source = await File.ReadAllTextAsync(Path.Combine(Deploy.Templates.Root, "SetGet.Tests", "Clients", "ReadingExample.cs"));
        Assert.EndsWith(Example("csharp"), source.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSetGetClient(options => (options.BaseAddress, options.ApiKey) = (stack.Address, key));
        await using var provider = services.BuildServiceProvider();

        var told = await new OrderReader(provider.GetRequiredService<ISetGetClient>()).ReadAsync(order, CancellationToken.None);

        Assert.Equal(Told, told);
    }

    [Fact, Needs(Needs.Npm | Needs.Node)]
    public async Task TypeScript_Example_ReadsWhatWasSet()
    {
        using var work = await WorkFolder.OfAsync("TypeScript");
        var (key, order) = await NewReaderAsync();
        await work.WriteAsync("openapi.json", await stack.Root.GetStringAsync("/openapi/v1.json"));
        await work.WriteAsync("example.ts", Example("typescript"));

        await work.RunAsync("node", "../node_modules/openapi-typescript/bin/cli.js", "openapi.json", "-o", "setget.d.ts");
        await work.RunAsync("node", "../node_modules/typescript/bin/tsc", "--project", ".");
        var told = await work.RunAsync("node", "main.js", Address, key, order);

        Assert.Equal(Told, told.Trim());
    }

    [Fact, Needs(Needs.Npm | Needs.Node | Needs.Java | Needs.Boto3)]
    public async Task Python_Example_ReadsWhatWasSet()
    {
        using var work = await WorkFolder.OfAsync("Python");
        var (key, order) = await NewReaderAsync();
        await work.WriteAsync("openapi.json", await stack.Root.GetStringAsync("/openapi/v1.json"));
        await work.WriteAsync("example.py", Example("python"));

        await work.RunAsync("node", "../node_modules/@apiture/openapi-down-convert/lib/src/cli.js", "--input", "openapi.json", "--output", "openapi-3.0.json");
        await work.RunAsync(
            "java", "-jar", "../node_modules/@openapitools/openapi-generator-cli/bin/openapi-generator.jar", "generate", "--generator-name", "python",
            "--input-spec", "openapi-3.0.json", "--output", ".", "--package-name", "setget_client");
        var told = await work.RunAsync(Requirements.Python, "main.py", Address, key, order);

        Assert.Equal(Told, told.Trim());
    }

    private string Address => stack.Address.ToString().TrimEnd('/');

    /// <summary>An event of a new account, which is stored, and an API key that may read it.</summary>
    private async Task<(string Key, string Order)> NewReaderAsync()
    {
        const string Order = "order-4711";
        var account = ApiStack.NewAccount();
        await stack.Root.SetAsync(account, Order, Data);
        using var made = await stack.Root.PostAsJsonAsync($"/accounts/{account}/keys", new { name = "KP", roles = new[] { "get" } });
        var key = await made.Content.ReadFromJsonAsync<JsonElement>();
        return (key.GetProperty("secret").GetString()!, Order);
    }

    private static string Example(string language)
        => Fence().Matches(Page.ReplaceLineEndings("\n")).Single(match => match.Groups["language"].Value == language).Groups["code"].Value;

    [GeneratedRegex("```(?<language>csharp|typescript|python)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
