using System.Text.Json;
using SetGet.Core.Events;
using SetGet.Tests.Deploy;

namespace SetGet.Tests.Upgrade;

/// <summary>What one build left behind: messages in the queue, data in Redis, the folder of the local SQS. Later builds read it.</summary>
/// <param name="Time">The clock of all of it, epoch milliseconds.</param>
/// <param name="Messages">By name: the text of a message, and what the build that wrote it read from it.</param>
/// <param name="Redis">Commands that make the data: name and arguments, each in base64 after the name.</param>
/// <param name="ApiKey">The secret of the account's API key.</param>
/// <param name="LeaseId">Of the event that is leased.</param>
/// <param name="Sqs">Files of the folder by name, in base64.</param>
public sealed record UpgradeSample(
    long Time, IReadOnlyDictionary<string, SampleMessage> Messages, IReadOnlyList<string[]> Redis, string ApiKey, string LeaseId, IReadOnlyDictionary<string, byte[]> Sqs)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>Where the samples of former builds are, named by their commit.</summary>
    public static string Folder { get; } = Path.Combine(Templates.Root, "SetGet.Tests", "Upgrade", "samples");

    public static UpgradeSample Read(string build) => JsonSerializer.Deserialize<UpgradeSample>(File.ReadAllText(Path.Combine(Folder, build + ".json")), Json)!;

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");
}

/// <summary>A message of the queue.</summary>
/// <param name="Holds">All that a reader makes of it, in a text.</param>
public sealed record SampleMessage(string Body, string Holds)
{
    public static SampleMessage Of(string body) => new(body, Describe(EnvelopeReader.Read(body, out var fault), fault));

    public static string Describe(Envelope? envelope, EnvelopeFault? fault)
    {
        if (envelope is null) return $"{fault?.Reason}: {fault?.Detail}";
        var request = envelope.Request;
        return string.Join(
            "; ", envelope.Id, envelope.AcceptedAt, envelope.Head.Sender, envelope.Head.IdempotencyKey, envelope.Head.TraceParent, envelope.IsWebhook, request.AccountId, request.FlowId,
            string.Join(',', request.WebhookKeys), request.ContentType, request.TtlSeconds, string.Join(',', request.Headers.Select(each => $"{each.Key}={each.Value}")),
            Convert.ToBase64String(request.Data.Span));
    }
}
