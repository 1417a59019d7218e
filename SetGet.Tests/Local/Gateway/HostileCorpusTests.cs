using System.Net;
using System.Text;
using System.Text.Json;
using SetGet.Core.Events;

namespace SetGet.Tests.Local.Gateway;

/// <summary>The hostile corpus through the deployed gateway definition into SQS.</summary>
public sealed class HostileCorpusTests : IAsyncLifetime
{
    private GatewayHarness _gateway = null!;

    public async ValueTask InitializeAsync()
        => _gateway = await GatewayHarness.StartAsync(("ThrottleRate", "10000"), ("AccountRate", "10000"), ("AccountBurst", "5000"));

    public async ValueTask DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Set_EveryRequest_GetsItsStatusAndKeepsItsBytes()
    {
        var faults = new List<string>();
        foreach (var request in HostileCorpus.All("acme"))
        {
            try
            {
                await CheckAsync(request);
            }
            catch (Exception fault) when (fault is Xunit.Sdk.XunitException or JsonException)
            {
                faults.Add($"{request.Name}: {(fault.Message.Length > 600 ? fault.Message[..600] : fault.Message)}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    private async Task CheckAsync(HostileRequest request)
    {
        using var message = request.ToMessage("set");
        using var answer = await _gateway.Http.SendAsync(message);
        var text = await answer.Content.ReadAsStringAsync();
        var queued = await _gateway.TakeAsync();
        Assert.True(request.Status == (int)answer.StatusCode, $"{(int)answer.StatusCode} instead of {request.Status}: {text}");
        if (answer.StatusCode == HttpStatusCode.Accepted)
        {
            CheckAccepted(request, text, queued ?? throw new Xunit.Sdk.XunitException("202, but nothing in the queue"));
            return;
        }

        Assert.Null(queued);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(request.Status, problem.GetProperty("status").GetInt32());
        Assert.All(["type", "title", "detail"], name => Assert.NotEqual("", problem.GetProperty(name).GetString()));
    }

    private static void CheckAccepted(HostileRequest request, string text, JsonElement message)
    {
        var body = message.GetProperty("Body").GetString()!;
        Assert.EndsWith("\"set\":" + Encoding.UTF8.GetString(request.Body) + "}", body, StringComparison.Ordinal);
        var envelope = EnvelopeReader.Read(body, out var fault);
        Assert.True(envelope is not null, $"{fault?.Reason} {fault?.Detail}");
        var errors = new InputErrors();
        var expected = RequestReader.Read(request.Body, errors)!;
        Assert.True(expected.Data.Span.SequenceEqual(envelope.Request.Data.Span), "the data's bytes differ");
        Assert.Equal(expected.WebhookKeys, envelope.Request.WebhookKeys);
        Assert.Equal(request.IdempotencyKey, envelope.Head.IdempotencyKey);
        Assert.Equal("key1", envelope.Head.Sender);
        Assert.Equal("acme", message.GetProperty("Attributes").GetProperty("MessageGroupId").GetString());

        var accepted = JsonDocument.Parse(text).RootElement;
        Assert.Equal(envelope.Id, accepted.GetProperty("id").GetString());
        Assert.Equal(
            DateTimeOffset.FromUnixTimeMilliseconds(envelope.AcceptedAt).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), accepted.GetProperty("acceptedAt").GetString());
        Assert.Equal(expected.WebhookKeys, accepted.GetProperty("webhookKeys").EnumerateArray().Select(key => key.GetString()));
    }
}
