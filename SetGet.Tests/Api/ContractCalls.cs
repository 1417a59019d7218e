using System.Globalization;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SetGet.Tests.Core;

namespace SetGet.Tests.Api;

/// <summary>Calls every route in every way that its document tells of, and notes what came back.</summary>
internal sealed partial class ContractCalls(ApiStack stack, JsonElement document)
{
    private readonly HashSet<string> _seen = [];
    private readonly string _account = ApiStack.NewAccount();
    private string? _keyId;
    private string? _ack;

    /// <summary>"METHOD path status" of every answer.</summary>
    public async Task<IReadOnlyCollection<string>> RunAsync()
    {
        var operations = (from path in document.GetProperty("paths").EnumerateObject()
                          from operation in path.Value.EnumerateObject()
                          select (operation.Name.ToUpperInvariant(), path.Name)).ToList();
        foreach (var (method, path) in operations) await UsualAsync(method, path);
        await SuccessesAsync();
        await Task.WhenAll(operations.Where(each => Bodies.ContainsKey(each.Name) && each.Item1 is "POST" or "PUT").Select(each => SlowAsync(each.Item1, each.Name)));
        await UnavailableAsync(operations);
        return _seen;
    }

    /// <summary>What can be said of a route without knowing what it does.</summary>
    private async Task UsualAsync(string method, string path)
    {
        var hasBody = Bodies.TryGetValue(path, out var body) && method is "POST" or "PUT";
        await SendAsync(stack.Root, method, path, hasBody ? body : null);
        if (path is "/health" or "/alive") return;
        using var nobody = stack.Client(null);
        await SendAsync(nobody, method, path, hasBody ? body : null);
        var (_, secret) = await stack.CreateKeyAsync(ApiStack.NewAccount(), path.StartsWith("/get", StringComparison.Ordinal) && method != "DELETE" ? "admin" : "get");
        using var other = stack.Client(secret);
        await SendAsync(other, method, path, hasBody ? body : null);
        await SendAsync(stack.Root, method, path, hasBody ? body : null, names: "!");
        await SendAsync(stack.Root, method, path, hasBody ? body : null, query: "?limit=x&wait=x&max=x&account=!");
        if (!hasBody) return;
        await SendAsync(stack.Root, method, path, "{");
        await SendAsync(stack.Root, method, path, body, contentEncoding: "gzip");
        await SendAsync(stack.Root, method, path, new string(' ', 2_000_000));
    }

    /// <summary>What needs a story: something stored, leased, taken, in conflict, above a limit.</summary>
    private async Task SuccessesAsync()
    {
        using (await stack.Root.GetAsync($"/get/k?account={_account}&wait=20")) { }
        var (_, foreign) = await stack.CreateKeyAsync(ApiStack.NewAccount(), "set", "get");
        using var other = stack.Client(foreign);
        foreach (var (method, path) in new[] { ("GET", ""), ("HEAD", ""), ("DELETE", ""), ("GET", "/events"), ("POST", "/take") }) await SendAsync(other, method, "/get/{webhookKey}" + path);
        await SendAsync(other, "POST", "/get/{webhookKey}/ack", Bodies["/get/{webhookKey}/ack"]);
        await SendAsync(other, "POST", "/get", Bodies["/get"]);

        var tag = ("If-None-Match", "*");
        await stack.Root.SetAsync(_account, "k", "1");
        using (await stack.Root.GetAsync($"/get/k?account={_account}&wait=20")) { }
        foreach (var method in new[] { "GET", "HEAD" }) await SendAsync(stack.Root, method, "/get/{webhookKey}");
        foreach (var method in new[] { "GET", "HEAD" }) await SendAsync(stack.Root, method, "/get/{webhookKey}", header: tag);
        foreach (var method in new[] { "GET", "HEAD", "DELETE" }) await SendAsync(stack.Root, method, "/get/{webhookKey}", header: ("If-Match", "\"another\""));
        var taken = await SendAsync(stack.Root, "POST", "/get/{webhookKey}/take", query: "?lease=60");
        _ack = $$"""{"leaseId":"{{Text(taken, "leaseId")}}"}""";
        await SendAsync(stack.Root, "POST", "/get/{webhookKey}/ack", _ack);
        foreach (var method in new[] { "GET", "HEAD" }) await SendAsync(stack.Root, method, "/get/{webhookKey}", key: "nothing");
        await SendAsync(stack.Root, "DELETE", "/get/{webhookKey}", key: "nothing");
        await stack.Root.SetAsync(_account, "k", "1");
        using (await stack.Root.GetAsync($"/get/k?account={_account}&wait=20")) { }
        await SendAsync(stack.Root, "DELETE", "/get/{webhookKey}");
        await HandshakesAsync();
        await AdministerAsync();
        await ConflictsAndLimitsAsync();
        await DeadLettersAsync();
    }

    private async Task AdministerAsync()
    {
        var key = await SendAsync(stack.Root, "POST", "/accounts/{accountId}/keys", Bodies["/accounts/{accountId}/keys"]);
        _keyId = Text(key, "id");
        await SendAsync(stack.Root, "DELETE", "/accounts/{accountId}/keys/{id}", id: _keyId);
        var secret = await SendAsync(stack.Root, "POST", "/accounts/{accountId}/flows/{flowId}/signing", Bodies["/accounts/{accountId}/flows/{flowId}/signing"]);
        await SendAsync(stack.Root, "DELETE", "/accounts/{accountId}/flows/{flowId}/signing/{id}", id: Text(secret, "id"));
        var added = (await stack.Root.GetFromJsonAsync<JsonElement>($"/accounts/{_account}/flows/f/signing")).GetProperty("secrets");
        foreach (var each in added.EnumerateArray()) await SendAsync(stack.Root, "DELETE", "/accounts/{accountId}/flows/{flowId}/signing/{id}", id: each.GetProperty("id").GetString());
    }

    private async Task ConflictsAndLimitsAsync()
    {
        string[] all = ["/set", .. Hooks];
        foreach (var path in all)
        {
            var key = ("Idempotency-Key", Guid.NewGuid().ToString());
            await SendAsync(stack.Root, "POST", path, Bodies[path], header: key);
            await SendAsync(stack.Root, "POST", path, Bodies[path].Replace('1', '2'), header: key);
        }

        using (await stack.Root.PutAsync($"/accounts/{_account}/limits", Calls.Json("""{"requestsPerSecond":1,"burst":1}"""))) { }
        for (var i = 0; i < 3; i++)
            foreach (var path in all) await SendAsync(stack.Root, "POST", path, Bodies[path]);
    }

    private async Task DeadLettersAsync()
    {
        using var sqs = stack.NewSqs();
        await sqs.SendMessageAsync($"{stack.Sqs}000000000000/setget-dead-letters", $"for {_account}");
        await SendAsync(stack.Root, "POST", "/dead-letters/{id}/redrive", id: await LetterAsync());
        await sqs.SendMessageAsync($"{stack.Sqs}000000000000/setget-dead-letters", $"for {_account}");
        await SendAsync(stack.Root, "DELETE", "/dead-letters/{id}", id: await LetterAsync());
        // SQS refuses a second move of one queue while one runs; a slow one runs long enough to be seen.
        for (var i = 0; i < 3; i++) await sqs.SendMessageAsync($"{stack.Sqs}000000000000/setget-dead-letters", $"for {_account}");
        const string Arn = "arn:aws:sqs:us-east-1:000000000000:";
        var task = await sqs.StartMessageMoveTaskAsync(new() { SourceArn = Arn + "setget-dead-letters", DestinationArn = Arn + "setget-events", MaxNumberOfMessagesPerSecond = 1 });
        await SendAsync(stack.Root, "POST", "/dead-letters/redrive");
        await sqs.CancelMessageMoveTaskAsync(new() { TaskHandle = task.TaskHandle });
    }

    private async Task<string?> LetterAsync()
    {
        var page = await stack.Root.GetFromJsonAsync<JsonElement>("/dead-letters?limit=1000");
        return page.GetProperty("deadLetters").EnumerateArray().First(each => each.GetProperty("body").GetString() == $"for {_account}").GetProperty("id").GetString();
    }

    /// <summary>A body of which one byte comes, and no more.</summary>
    private async Task SlowAsync(string method, string path)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(stack.Address.Host, stack.Address.Port);
        var head = $"{method} {Url(path, "k", "x", "")} HTTP/1.1\r\nHost: x\r\nX-Api-Key: {ApiStack.RootKey}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{{";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        using var reader = new StreamReader(socket.GetStream());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        var answer = await reader.ReadToEndAsync(limit.Token);
        lock (_seen) _seen.Add($"{method} {path} {answer.Split(' ')[1]}");
    }

    /// <summary>Every route without a store, and without a queue.</summary>
    private async Task UnavailableAsync(IReadOnlyList<(string Method, string Path)> operations)
    {
        var nowhere = StoreServer.FreePort().ToString(CultureInfo.InvariantCulture);
        await using var api = await RunningApi.StartAsync(ApiStack.Settings($"127.0.0.1:{nowhere},abortConnect=false,connectTimeout=500", new Uri($"http://127.0.0.1:{nowhere}")));
        await Task.WhenAll(operations.Where(each => each.Path != "/alive").Select(each
            => SendAsync(api.Root, each.Method, each.Path, BodyOf(each.Method, each.Path), id: _keyId)));
    }

    private async Task<string> SendAsync(
        HttpClient http, string method, string path, string? body = null, string? names = null, string query = "", string key = "k", string? id = null,
        string? contentEncoding = null, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), Url(path, names ?? key, names ?? id ?? "unknown", query, names));
        if (body is not null) request.Content = Calls.Json(body.Replace("ACCOUNT", _account, StringComparison.Ordinal));
        if (contentEncoding is not null) request.Content!.Headers.ContentEncoding.Add(contentEncoding);
        if (header is { } extra) request.Headers.TryAddWithoutValidation(extra.Name, extra.Value);
        using var answer = await http.SendAsync(request);
        lock (_seen) _seen.Add($"{method} {path} {(int)answer.StatusCode}");
        if ((int)answer.StatusCode >= 400 && method != "HEAD" && path != "/health") Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }

    private string Url(string path, string key, string id, string query, string? names = null)
    {
        var url = path.Replace("{accountId}", names ?? _account, StringComparison.Ordinal).Replace("{flowId}", names ?? "f", StringComparison.Ordinal)
            .Replace("{webhookKey}", Uri.EscapeDataString(key), StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
        var isReading = path.StartsWith("/get/", StringComparison.Ordinal) && !query.Contains("account=", StringComparison.Ordinal);
        return url + (isReading ? (query.Length == 0 ? "?" : query + "&") + "account=" + _account : query);
    }

    /// <summary>An id or a lease that could be there: what cannot be is refused without asking the store.</summary>
    private string? BodyOf(string method, string path)
        => path.EndsWith("/ack", StringComparison.Ordinal) ? _ack : Bodies.TryGetValue(path, out var body) && method is "POST" or "PUT" ? body : null;

    private static string? Text(string json, string name) => JsonDocument.Parse(json).RootElement.GetProperty(name).GetString();
}
