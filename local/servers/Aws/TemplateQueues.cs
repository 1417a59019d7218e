using System.Text.Json.Nodes;
using Gateway.CloudFormation;
using Sqs;

namespace Aws;

/// <summary>Creates the queues that a template declares, and gives those that exist already the attributes it declares now.</summary>
public static partial class TemplateQueues
{
    private const string QueueType = "AWS::SQS::Queue";

    /// <exception cref="TemplateException">A queue's properties are refused; the message names it.</exception>
    public static async Task CreateAsync(LocalSqs sqs, ResolvedTemplate template, ILogger logger)
    {
        foreach (var resource in template.Resources.Values.Where(resource => resource.Type != QueueType))
            Log.NotPlayed(logger, resource.LogicalId, resource.Type);
        // A dead-letter queue must exist before a policy can name it, so policies come in a second pass.
        foreach (var queue in template.OfType(QueueType)) await DeclareAsync(sqs, queue, withPolicy: false);
        foreach (var queue in template.OfType(QueueType)) await DeclareAsync(sqs, queue, withPolicy: true);
    }

    private static async Task DeclareAsync(LocalSqs sqs, ResolvedResource queue, bool withPolicy)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var (name, value) in queue.Properties)
            if (name is not ("QueueName" or "Tags") && (withPolicy || name != "RedrivePolicy") && Text(value) is { } text) attributes[name] = text;
        // In a template "not FIFO" may be written down; SQS wants it left out.
        if (attributes.GetValueOrDefault("FifoQueue") == "false") attributes.Remove("FifoQueue");
        var tags = (queue.Properties["Tags"] as JsonArray ?? []).OfType<JsonObject>().ToDictionary(
            tag => Text(tag["Key"]) ?? "", tag => Text(tag["Value"]) ?? "");
        try
        {
            await sqs.DeclareAsync(queue.PhysicalId[(queue.PhysicalId.LastIndexOf('/') + 1)..], attributes, tags);
        }
        catch (SqsException exception)
        {
            throw new TemplateException($"Resources.{queue.LogicalId}: {exception.Message}", exception);
        }
    }

    private static string? Text(JsonNode? node) => node switch
    {
        JsonObject policy => policy.ToJsonString(),
        JsonValue value => value.ToString(),
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Resource} ({Type}) is not part of SQS and is not created.")]
        public static partial void NotPlayed(ILogger logger, string resource, string type);
    }
}
