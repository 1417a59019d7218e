namespace SetGet.Tests.Api;

/// <summary>What is sent where a body is wanted, and what a sender asks before it sends.</summary>
internal sealed partial class ContractCalls
{
    private static readonly string[] Hooks = ["/hooks/{accountId}/{flowId}", "/hooks/{accountId}/{flowId}/{webhookKey}"];

    /// <summary>A body by the path of its route; <c>ACCOUNT</c> stands for the account's name.</summary>
    internal static readonly Dictionary<string, string> Bodies = new()
    {
        ["/set"] = """{"accountId":"ACCOUNT","flowId":"f","webhookKeys":["k"],"data":1}""",
        ["/hooks/{accountId}/{flowId}/{webhookKey}"] = "1",
        ["/hooks/{accountId}/{flowId}"] = "1",
        ["/get"] = """{"account":"ACCOUNT","webhookKeys":["k"]}""",
        ["/get/{webhookKey}/ack"] = """{"leaseId":"unknown"}""",
        ["/accounts/{accountId}/ttl"] = """{"ttlSeconds":60}""",
        ["/accounts/{accountId}/flows/{flowId}/ttl"] = """{"ttlSeconds":60}""",
        ["/accounts/{accountId}/keys"] = """{"name":"n","roles":["get"]}""",
        ["/accounts/{accountId}/flows/{flowId}/signing"] = """{"scheme":"github","secret":"a-long-enough-secret"}""",
        ["/accounts/{accountId}/flows/{flowId}/source"] = """{"keyRules":["order-{/orderId}"]}""",
        ["/accounts/{accountId}/flows/{flowId}/source/try"] = """{"body":"{}"}""",
        ["/accounts/{accountId}/limits"] = "{}",
    };

    /// <summary>A source with a handshake and a key rule, and what a sender then asks and sends.</summary>
    private async Task HandshakesAsync()
    {
        var source = $"/accounts/{_account}/flows/f/source";
        using (await stack.Root.PutAsync(source, Calls.Json("""{"keyRules":["k"],"handshake":"dropbox"}"""))) { }
        foreach (var path in Hooks) await SendAsync(stack.Root, "GET", path, query: "?challenge=c");
        using (await stack.Root.PutAsync(source, Calls.Json("""{"keyRules":["k"],"handshake":"cloudevents"}"""))) { }
        foreach (var path in Hooks) await SendAsync(stack.Root, "OPTIONS", path, header: ("WebHook-Request-Origin", "sender.example.com"));
        using (await stack.Root.PutAsync(source, Calls.Json("""{"keyRules":["k"],"handshake":"graph"}"""))) { }
        foreach (var path in Hooks) await SendAsync(stack.Root, "POST", path, "", query: "?validationToken=t");
        using (await stack.Root.DeleteAsync(source)) { }
        await SendAsync(stack.Root, "POST", "/hooks/{accountId}/{flowId}", "1");
        using (await stack.Root.PutAsync(source, Calls.Json("""{"keyRules":["k"]}"""))) { }
        await SendAsync(stack.Root, "POST", "/hooks/{accountId}/{flowId}", "1");
    }
}
