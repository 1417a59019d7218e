using System.Net;
using System.Net.Sockets;
using SetGet.Tests.Api;

namespace SetGet.Tests.Security;

/// <summary>SetGet calls nobody that a caller names: neither an account's settings nor an event make it send a request.</summary>
[Collection(ApiCollection.Name)]
public sealed class OutboundTests(ApiStack stack)
{
    /// <summary>Who may call other hosts, and whom. Anybody else with a client of HTTP or a socket of its own fails the test.</summary>
    private static readonly string[] MayCall =
    [
        "SetGet.Worker.Secrets", // Secrets Manager, at an address that an ARN's region makes
        "SetGet.Worker.Lambda",  // the Runtime API, at the address that Lambda gives the process
    ];

    private static readonly Type[] Clients =
    [
        typeof(HttpMessageInvoker), typeof(HttpMessageHandler), typeof(IHttpClientFactory), typeof(Socket), typeof(TcpClient), typeof(UdpClient), typeof(Dns), typeof(WebRequest),
        typeof(System.Net.Security.SslStream), typeof(System.Net.WebSockets.ClientWebSocket),
    ];

    [Fact]
    public async Task Address_WhereverACallerWritesIt_IsNeverCalled()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/latest/meta-data";
        var account = ApiStack.NewAccount();

        await SettingsAsync(account, url);
        foreach (var (contentType, body) in Bodies(url)) await stack.Root.HookAsync(account, "k", contentType, System.Text.Encoding.UTF8.GetBytes(body));
        await ValidateAsync(account, url);
        await stack.Root.EventsAsync(account, "k", Bodies(url).Length);

        Assert.False(listener.Pending());
    }

    [Fact]
    public void Product_HasNoClientOfItsOwn_ButWhereTheListSays()
    {
        var product = new[] { typeof(SetGet.Core.CoreServices), typeof(SetGet.Api.Problems.Problem), typeof(SetGet.Worker.Processing.WorkerOptions) };
        var callers = from type in product.SelectMany(each => each.Assembly.GetTypes())
                      where !MayCall.Contains(type.Namespace)
                      from used in TypesIn.All(type)
                      where Array.Exists(Clients, client => client.IsAssignableFrom(used))
                      select $"{type.FullName} uses {used.Name}";
        Assert.Equal("", string.Join(Environment.NewLine, callers.Distinct()));
    }

    /// <summary>What a flow's settings take as an address is text to sign, and nowhere to go.</summary>
    private async Task SettingsAsync(string account, string url)
    {
        using (await stack.Root.PostAsync($"/accounts/{account}/flows/signed/signing", Calls.Json("""{"scheme":"twilio","secret":"a-long-enough-secret"}"""))) { }
        using (var source = await stack.Root.PutAsync($"/accounts/{account}/flows/signed/source", Calls.Json($$"""{"keyRules":["k"],"url":"{{url}}","handshake":"cloudevents"}""")))
            Assert.Equal(HttpStatusCode.OK, source.StatusCode);
        using var trial = await stack.Root.PostAsync(
            $"/accounts/{account}/flows/signed/source/try", Calls.Json($$"""{"keyRules":["{/url}"],"body":"{\"url\":\"{{url}}\"}"}"""));
        Assert.Equal(HttpStatusCode.OK, trial.StatusCode);
    }

    /// <summary>CloudEvents' validation may ask to be called back; Graph's and Meta's challenges come with addresses too.</summary>
    private async Task ValidateAsync(string account, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, $"/hooks/{account}/signed?url={Uri.EscapeDataString(url)}&hub.callback={Uri.EscapeDataString(url)}");
        request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", url);
        request.Headers.TryAddWithoutValidation("WebHook-Request-Callback", url);
        request.Headers.TryAddWithoutValidation("Origin", url);
        request.Headers.TryAddWithoutValidation("Referer", url);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", url);
        using var answer = await stack.Root.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static (string ContentType, string Body)[] Bodies(string url) =>
    [
        ("text/plain", $$"""{"Type":"SubscriptionConfirmation","SubscribeURL":"{{url}}","SigningCertURL":"{{url}}","UnsubscribeURL":"{{url}}"}"""),
        ("application/json", $$"""{"$schema":"{{url}}","$ref":"{{url}}","dataref":"{{url}}","callback":"{{url}}"}"""),
        ("application/cloudevents+json", $$"""{"specversion":"1.0","id":"1","type":"t","source":"{{url}}","dataschema":"{{url}}","dataref":"{{url}}"}"""),
        ("application/xml", $"""<?xml version="1.0"?><!DOCTYPE x SYSTEM "{url}" [<!ENTITY e SYSTEM "{url}">]><x>&e;</x>"""),
        ("application/x-www-form-urlencoded", $"url={Uri.EscapeDataString(url)}&RecordingUrl={Uri.EscapeDataString(url)}"),
    ];
}
