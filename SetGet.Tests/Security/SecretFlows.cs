using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SetGet.Tests.EndToEnd;
using SetGet.Tests.Local.Gateway;
using SetGet.Tests.ServiceDefaults;

namespace SetGet.Tests.Security;

/// <summary>Does with every kind of secret what callers do with it, right and wrong, and keeps what was answered.</summary>
internal sealed class SecretFlows(TelemetryStack stack)
{
    private const string Account = TelemetryStack.Account;
    private const string SigningSecret = "a-signing/secret+of=a-flow";
    private const string Token = "a-token/that+meta=repeats";
    private const string SharedToken = "a-token/that+gitlab=sends";
    private const string Bearer = "a-credential/of+the=sender";

    private readonly StringBuilder _answers = new();

    /// <summary>Every answer, with its headers; but for the two that show a new secret, which is what they are for.</summary>
    public string Answers => _answers.ToString();

    public HashSet<int> Statuses { get; } = [];

    /// <summary>The secrets, by what they are.</summary>
    public Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal)
    {
        ["the root key"] = Sending.RootKey,
        ["the gateway's key"] = GatewayHarness.Key,
        ["Redis's password"] = TelemetryStack.RedisPassword,
        ["the AWS secret"] = TelemetryStack.AwsSecret,
        ["a signing secret"] = SigningSecret,
        ["a verify token"] = Token,
        ["a shared token"] = SharedToken,
        ["a sender's credential"] = Bearer,
    };

    public async Task RunAsync()
    {
        await ApiKeysAsync();
        await SigningAsync();
        await HandshakeAsync();
        await GatewayAsync();
        await OperatorsAsync();
    }

    private async Task ApiKeysAsync()
    {
        using var created = await stack.Api.PostAsync($"/accounts/{Account}/keys", Sending.Json("""{"name":"n","roles":["set","get","admin"]}"""));
        var key = await created.Content.ReadFromJsonAsync<JsonElement>();
        var secret = key.GetProperty("secret").GetString()!;
        Secrets["an API key"] = secret;
        Secrets["an API key's random part"] = secret[20..];
        await SendAsync("GET", $"/accounts/{Account}/keys");
        foreach (var used in new[] { secret, secret[..^1] + "!", Sending.RootKey + "!", $"Bearer {secret}" })
        {
            await SendAsync("POST", "/set", Sending.SetText(Account, "1", "used"), ("X-Api-Key", used));
            await SendAsync("GET", "/get/used?wait=20", null, ("X-Api-Key", used));
            // Where careless callers put it.
            await SendAsync("GET", $"/get/used?api_key={Uri.EscapeDataString(used)}&account={Account}", null, ("Authorization", used), ("Cookie", $"X-Api-Key={used}"));
        }

        await SendAsync("DELETE", $"/accounts/{Account}/keys/{key.GetProperty("id").GetString()}");
        await SendAsync("GET", "/get/used", null, ("X-Api-Key", secret));
    }

    private async Task SigningAsync()
    {
        foreach (var (flow, scheme, secret) in new[] { ("signed", "github", SigningSecret), ("shared", "gitlab", SharedToken) })
        {
            await SendAsync("POST", Signing(flow), $$"""{"scheme":"{{scheme}}","secret":"{{secret}}"}""");
            await SendAsync("POST", Signing(flow), $$"""{"scheme":"{{scheme}}","secret":"{{secret}}","unknown":1}""");
            await SendAsync("POST", Signing(flow), $$"""{"scheme":"none","secret":"{{secret}}"}""");
            await SendAsync("POST", Signing(flow), $$"""{"scheme":"{{scheme}}","secret":"{{secret}}""");
            await SendAsync("GET", Signing(flow));
        }

        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SigningSecret), "{}"u8.ToArray()));
        foreach (var value in new[] { signature, signature[..^1] + "!", SigningSecret[..^2] })
            await SendAsync("POST", $"/hooks/{Account}/signed/signed", "{}", ("X-Api-Key", null), ("X-Hub-Signature-256", value), ("Authorization", $"Bearer {Bearer}"), ("Cookie", Bearer));
        foreach (var value in new[] { SharedToken, SharedToken + "!" })
            await SendAsync("POST", $"/hooks/{Account}/shared/shared", "{}", ("X-Api-Key", null), ("X-Gitlab-Token", value), ("Proxy-Authorization", Bearer));
        foreach (var key in new[] { "signed", "shared" })
        {
            await SendAsync("GET", $"/get/{key}?account={Account}&wait=20");
            await SendAsync("GET", $"/get/{key}/events?account={Account}");
        }

        await SendAsync("GET", $"/accounts/{Account}/flows/signed/source/deliveries");
        await SendAsync("GET", $"/accounts/{Account}/flows/shared/source/deliveries");
    }

    private async Task HandshakeAsync()
    {
        await SendAsync("POST", Signing("asked"), $$"""{"scheme":"verify-token","secret":"{{Token}}"}""");
        await SendAsync("PUT", $"/accounts/{Account}/flows/asked/source", """{"keyRules":["k"],"handshake":"meta"}""");
        foreach (var token in new[] { Token, Token + "!" })
            await SendAsync("GET", $"/hooks/{Account}/asked?hub.mode=subscribe&hub.challenge=1&hub.verify_token={Uri.EscapeDataString(token)}", null, ("X-Api-Key", null));
        await SendAsync("GET", $"/accounts/{Account}/flows/asked/source");
    }

    private async Task GatewayAsync()
    {
        foreach (var key in new[] { GatewayHarness.Key, GatewayHarness.Key + "!", Sending.RootKey })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stack.Gateway.BaseAddress!, $"hooks/{Account}/flow/gateway"));
            request.Headers.Add("X-Api-Key", key);
            request.Headers.Add("Authorization", $"Bearer {Bearer}");
            request.Content = Sending.Json("{}");
            using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
            using var answer = await http.SendAsync(request);
            await KeepAsync(answer);
        }

        await SendAsync("GET", $"/get/gateway?account={Account}&wait=20");
    }

    private async Task OperatorsAsync()
    {
        foreach (var path in new[] { "session", "gateway", "flow", "queues", "accounts", $"accounts/{Account}" }) await SendAsync("GET", $"/ops/api/{path}");
        foreach (var path in new[] { "/health", "/alive", "/dead-letters", "/dead-letters/redrive", $"/accounts/{Account}/limits", $"/accounts/{Account}/ttl", "/openapi/v1.json" })
            await SendAsync("GET", path);
    }

    private static string Signing(string flow) => $"/accounts/{Account}/flows/{flow}/signing";

    /// <summary>With the root key, unless a header says otherwise.</summary>
    private async Task SendAsync(string method, string path, string? body = null, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), new Uri(stack.Api.BaseAddress!, path));
        foreach (var (name, value) in headers.Where(each => each.Value is not null)) request.Headers.TryAddWithoutValidation(name, value);
        if (Array.TrueForAll(headers, each => each.Name != "X-Api-Key")) request.Headers.Add("X-Api-Key", Sending.RootKey);
        if (body is not null) request.Content = Sending.Json(body);
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        using var answer = await http.SendAsync(request);
        await KeepAsync(answer);
    }

    private async Task KeepAsync(HttpResponseMessage answer)
    {
        Statuses.Add((int)answer.StatusCode);
        _answers.AppendLine(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {answer.Headers}{answer.Content.Headers}{await answer.Content.ReadAsStringAsync()}");
    }
}
