using System.Net;
using System.Security.Cryptography;
using SetGet.Core.Accounts;
using SetGet.Tests.Api;

namespace SetGet.Tests.Security;

/// <summary>Who guesses learns nothing from being wrong, however near the guess was.</summary>
[Collection(ApiCollection.Name)]
public sealed class GuessingTests(ApiStack stack)
{
    /// <summary>Routes that anybody may call; each says why. A route that is not here asks for a role, or this test fails.</summary>
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["GET /health"] = "load balancers probe it; it tells names and states",
        ["GET /alive"] = "the same",
        ["GET /openapi/{documentName}.json"] = "the contract is public",
        ["GET /hooks/{accountId}/{flowId}"] = "senders ask before they can sign; the flow's source says whether it answers at all",
        ["GET /hooks/{accountId}/{flowId}/{webhookKey}"] = "the same",
        ["OPTIONS /hooks/{accountId}/{flowId}"] = "the same",
        ["OPTIONS /hooks/{accountId}/{flowId}/{webhookKey}"] = "the same",
    };

    [Fact]
    public async Task EveryRoute_WithoutAKey_IsRefused_ButForAFewThatAreOpen()
    {
        using var nobody = stack.Client(null);
        var account = ApiStack.NewAccount();
        foreach (var route in Routes.Of(stack).Where(each => !Open.ContainsKey(each.ToString())))
        {
            Assert.True(route.Role is not null, $"{route} asks for no role: give it one (RequireRole), or say in {nameof(Open)} why it needs none");
            using var request = new HttpRequestMessage(HttpMethod.Parse(route.Method), route.Named(account, "f", "k", "1"));
            if (route.Method is "POST" or "PUT" && ContractCalls.Bodies.TryGetValue(route.Path, out var body))
                request.Content = Calls.Json(body.Replace("ACCOUNT", account, StringComparison.Ordinal));
            using var answer = await nobody.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{route} answers {answer.StatusCode} without a key");
        }

        Assert.Empty(Open.Keys.Except(Routes.Of(stack).Select(each => each.ToString())));
    }

    /// <summary>The same words for a key that is nearly right, one that is another's, one that was revoked, and one that never was.</summary>
    [Fact]
    public async Task Key_NearlyRight_IsAnsweredLikeAnyOther()
    {
        var account = ApiStack.NewAccount();
        var (id, secret) = await stack.CreateKeyAsync(account, "get");
        var (gone, revoked) = await stack.CreateKeyAsync(account, "get");
        using (await stack.Root.DeleteAsync($"/accounts/{account}/keys/{gone}")) { }
        var unknown = "sg_" + RandomNumberGenerator.GetHexString(16, lowercase: true) + secret[19..];
        string[] guesses =
        [
            unknown, revoked, secret[..^1], secret + "A", secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A'), Flip(secret), secret.ToUpperInvariant(), $"sg_{id}_{new string('A', 43)}",
            id, $"Bearer {secret}", $"{secret},{secret}", ApiStack.RootKey[..^1], ApiStack.RootKey + "x", ApiStack.RootKey.ToUpperInvariant(), "null", "undefined", "*", "root", new string('x', 257),
        ];
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var guess in guesses)
        {
            using var http = stack.Client(null);
            http.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", guess);
            using var answer = await http.GetAsync("/get/k");
            await answer.IsProblemAsync(401, "unauthorized");
            answers.Add(await WithoutTraceAsync(answer));
        }

        Assert.Single(answers);
    }

    [Fact]
    public async Task Key_SentTwice_IsNone()
    {
        var (_, secret) = await stack.CreateKeyAsync(ApiStack.NewAccount(), "get");
        using var http = stack.Client(secret);
        http.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", ApiStack.RootKey);

        using var answer = await http.GetAsync("/get/k");

        await answer.IsProblemAsync(401, "unauthorized");
    }

    /// <summary>An account that is another's, one that has nothing and one that never was look the same.</summary>
    [Fact]
    public async Task Account_ThatIsAnothers_LooksLikeOneThatIsNot()
    {
        var theirs = new OtherAccount(stack);
        await theirs.FillAsync();
        var (_, secret) = await stack.CreateKeyAsync(ApiStack.NewAccount(), "get", "set", "admin");
        using var http = stack.Client(secret);
        var never = ApiStack.NewAccount();

        foreach (var path in new[] { $"/get/{OtherAccount.Key}?account=", $"/get/{OtherAccount.Key}/events?account=", "/accounts/" })
        {
            using var there = await http.GetAsync(path + theirs.Name + (path == "/accounts/" ? "/keys" : ""));
            using var nowhere = await http.GetAsync(path + never + (path == "/accounts/" ? "/keys" : ""));
            Assert.Equal(await WithoutTraceAsync(nowhere), (await WithoutTraceAsync(there)).Replace(theirs.Name, never, StringComparison.Ordinal));
        }
    }

    /// <summary>256 bits of a secure generator: ten thousand years of guesses find none.</summary>
    [Fact]
    public async Task NewKeys_AreLongAndHaveNothingInCommon()
    {
        var account = ApiStack.NewAccount();
        var secrets = new List<string>();
        for (var i = 0; i < 32; i++) secrets.Add((await stack.CreateKeyAsync(account, "get")).Secret[20..]);

        Assert.All(secrets, each => Assert.Equal(43, each.Length));
        // With 64 characters to choose from, 32 keys agree at no place but by a chance of 64 to the power of -31.
        for (var at = 0; at < 42; at++) Assert.True(secrets.Select(each => each[at]).Distinct().Count() > 1, $"all keys have the same character at {at}");
        Assert.Equal(32, secrets.Distinct().Count());
    }

    [Fact]
    public void Roles_ThatAKeyCanBeGiven_DoNotHoldTheRootsOwn() => Assert.Equal(ApiKeyRoles.None, ApiKeyRoles.All & ApiKeyRoles.Root);

    private static string Flip(string secret) => secret[..25] + (char.IsUpper(secret[25]) ? char.ToLowerInvariant(secret[25]) : secret[25] == 'x' ? 'y' : 'x') + secret[26..];

    private static async Task<string> WithoutTraceAsync(HttpResponseMessage answer)
    {
        var problem = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        problem.Remove("traceId");
        return $"{(int)answer.StatusCode} {string.Join(", ", answer.Headers.Select(each => each.Key).Where(name => name != "Date").Order(StringComparer.Ordinal))} {problem}";
    }
}
