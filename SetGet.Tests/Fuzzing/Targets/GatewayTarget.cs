using System.Text;
using System.Text.Json;
using Gateway;
using Gateway.Access;
using Gateway.CloudFormation;
using Gateway.Definition;
using Gateway.Mapping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SetGet.Core.Events;
using SetGet.Tests.Deploy;

namespace SetGet.Tests.Fuzzing.Targets;

/// <summary>
/// Requests to the gateway as its template is deployed: <c>METHOD path</c>, headers, the body. It answers by itself or makes one message of it; and what the API
/// would take too, the worker reads as the same.
/// </summary>
internal sealed class GatewayTarget : FuzzTarget
{
    private const string Key = "dev-gateway-key";
    private static readonly ServiceReply Refused = new(400, new Dictionary<string, string>(), "{}"u8.ToArray());
    private static readonly ServiceReply Sent = new(200, new Dictionary<string, string>(), Encoding.UTF8.GetBytes("""{"SendMessageResponse":{"SendMessageResult":{"MessageId":"m"}}}"""));

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1763740000));
    private readonly RestApiHandler _handler;
    private readonly List<ServiceRequest> _calls = [];

    public GatewayTarget()
        : base("gateway")
    {
        var template = TemplateResolver.ResolveFile(Templates.PathOf("ingest.yaml"), new TemplateContext { Identities = new ResourceIdentities("http://localhost:1") });
        _handler = new RestApiHandler(RestApiReader.Read(template).Single(), [new GivenApiKey("AccountApiKey", Key, "key1")], CallAsync, _clock, NullLogger<RestApiHandler>.Instance);
    }

    public override IEnumerable<string> Seeds { get; } =
    [
        "POST set\nContent-Type: application/json\nIdempotency-Key: k\n\n{\"accountId\":\"a\",\"flowId\":\"f\",\"webhookKeys\":[\"k\",\"l\"],\"ttlSeconds\":5,\"data\":{\"a\":[1.50,\"it's \\u00e9\"]}}",
        "POST hooks/a/f/k?key=m&ttl=60\nContent-Type: text/plain\nX-Event: it's \"x\"\nwebhook-id: w1\n\nany 'body'",
        "POST signed/hooks/a/f\nContent-Type: application/json\nwebhook-id: w1\nwebhook-signature: v1,x\n\n{\"a\":1}",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
    [
        "POST set", "POST hooks/a/f", "POST signed/hooks/a/f/k", "?key=", "&ttl=", "\nIdempotency-Key: ", "\nwebhook-id: ", "\nX-Event: ", "Content-Type: ", "application/json", "\"accountId\":\"a\",", "\"flowId\":\"f\",",
        "\"webhookKeys\":[\"k\"],", "\"data\":", "\"ttlSeconds\":", "'", "\\'", "\"", "$input", "#set($a=1)", "\\u0000", "\\ud800", "null", "{", "}", "[", "]", ",", ":", "%2F", "\n\n",
    ];

    public override int AllocationPerByte => 6000;

    public override int BaseAllocation => 1024 * 1024;

    public override double Weight => 0.8;

    public override void Run(ReadOnlyMemory<byte> input)
    {
        var (head, body) = Split(input);
        var line = head[0].Split(' ', 2);
        if (line.Length < 2) return;
        _calls.Clear();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var reply = Reply(line[0], line[1], head.Skip(1), body.ToArray());
        Require(reply.Status is not (500 or 504), $"The gateway answers {reply.Status}: {Encoding.UTF8.GetString(reply.Body)}.");
        if (_calls.Count == 0) return;
        Require(_calls.Count == 1, "One request is one message.");
        CheckMessage(line[1], body);
    }

    private void CheckMessage(string path, ReadOnlyMemory<byte> body)
    {
        using var call = JsonDocument.Parse(_calls[0].Body);
        // A template that refuses a request has no other way than a call that SQS refuses.
        if (!call.RootElement.TryGetProperty("MessageBody", out var text)) return;
        var message = text.GetString()!;
        var envelope = EnvelopeReader.Read(message, out var fault);
        Require(fault?.Reason != DeadLetterReasons.NotJson, $"The template writes JSON: {fault?.Detail}");
        if (path != "set") return;
        if (RequestReader.Read(body, new InputErrors()) is not { } request) return;
        Require(envelope is not null, $"What the API takes is an envelope of the gateway's too: {fault?.Reason}");
        EnvelopeTarget.RequireSame(new Envelope(envelope!.Head, request), envelope);
    }

    private GatewayReply Reply(string method, string path, IEnumerable<string> headerLines, byte[] body)
    {
        var headers = new HeaderDictionary { ["X-Api-Key"] = Key };
        foreach (var line in headerLines)
        {
            if (line.Split(": ", 2) is [{ Length: > 0 } name, var value]) headers[name] = value;
        }

        var target = path.Split('?', 2);
        var query = new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(target.Length > 1 ? target[1] : ""));
        var parameters = new RequestParameters(new Dictionary<string, string>(StringComparer.Ordinal), GatewayRequest.Last(query), GatewayRequest.Last(headers));
        var context = new ContextVariables { ["requestId"] = "01a1ff74-7772-7857-a1bd-87ddf75ab44d", ["httpMethod"] = method, ["path"] = "/v1/" + target[0] };
        context.SetTime(_clock.GetUtcNow());
        context.Identity["sourceIp"] = "127.0.0.1";
        return _handler.HandleAsync(new GatewayRequest(method, target[0].Split('/'), parameters, query, headers, body), context, tooLarge: false, CancellationToken.None)
            .GetAwaiter().GetResult();
    }

    private Task<ServiceReply> CallAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        _calls.Add(request);
        return Task.FromResult(request.Body.AsSpan().IndexOf("MessageBody"u8) < 0 ? Refused : Sent);
    }
}
