using System.Text.Json.Nodes;
using Gateway.CloudFormation;
using Sqs;
using Sqs.Engine;

namespace Aws;

/// <summary>Creates the queues that a template declares, and gives those that exist already the attributes it declares now.</summary>
internal static partial class QueueCreation
{
    private const string QueueType = "AWS::SQS::Queue";

    /// <exception cref="TemplateException">A queue's properties are refused; the message names it.</exception>
    public static async Task CreateAsync(SqsEngine engine, ResolvedTemplate template, ILogger logger)
    {
        foreach (var resource in template.Resources.Values.Where(resource => resource.Type != QueueType))
            Log.NotPlayed(logger, resource.LogicalId, resource.Type);
        var queues = template.OfType(QueueType).Select(Declared.Of).ToList();
        // A dead-letter queue must exist before a policy can name it, so policies come in a second pass.
        foreach (var queue in queues) await ApplyAsync(engine, queue, queue.Plain);
        foreach (var queue in queues) await ApplyAsync(engine, queue, queue.Attributes);
    }

    private static async Task ApplyAsync(SqsEngine engine, Declared declared, Dictionary<string, string> attributes)
    {
        try
        {
            await engine.CommitAsync(now => Apply(engine, declared, attributes, now));
        }
        catch (SqsException exception)
        {
            throw new TemplateException($"Resources.{declared.LogicalId}: {exception.Message}", exception);
        }
    }

    private static SqsQueue Apply(SqsEngine engine, Declared declared, Dictionary<string, string> attributes, long now)
    {
        if (!engine.State.TryGet(engine.Account, declared.Name, out var queue))
        {
            queue = QueueRegistry.Create(engine, engine.Account, declared.Name, attributes, declared.Tags, now);
            engine.State.Share(queue);
            return queue;
        }

        engine.State.Share(queue);
        // Compared as they would be kept, so that a start with nothing new changes nothing.
        var wanted = queue.Settings.With(attributes);
        var changes = attributes.Where(attribute => queue.Settings.Effective(attribute.Key) != wanted.Effective(attribute.Key)).ToDictionary();
        if (changes.Count > 0) QueueRegistry.SetAttributes(engine, queue, changes, now);
        return queue;
    }

    private sealed record Declared(string LogicalId, string Name, Dictionary<string, string> Attributes, Dictionary<string, string> Tags)
    {
        public Dictionary<string, string> Plain => Attributes.Where(attribute => attribute.Key is not "RedrivePolicy").ToDictionary();

        public static Declared Of(ResolvedResource resource)
        {
            var attributes = new Dictionary<string, string>();
            foreach (var (name, value) in resource.Properties)
                if (name is not ("QueueName" or "Tags") && Text(value) is { } text) attributes[name] = text;
            // In a template "not FIFO" may be written down; SQS wants it left out.
            if (attributes.GetValueOrDefault("FifoQueue") == "false") attributes.Remove("FifoQueue");
            return new Declared(resource.LogicalId, resource.PhysicalId[(resource.PhysicalId.LastIndexOf('/') + 1)..], attributes, TagsOf(resource));
        }

        private static Dictionary<string, string> TagsOf(ResolvedResource resource) =>
            (resource.Properties[nameof(Tags)] as JsonArray ?? []).OfType<JsonObject>()
                .ToDictionary(tag => Text(tag["Key"]) ?? "", tag => Text(tag["Value"]) ?? "");

        private static string? Text(JsonNode? node) => node is JsonObject policy ? policy.ToJsonString() : Intrinsics.Text(node);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "{Resource} ({Type}) is not part of SQS and is not created.")]
        public static partial void NotPlayed(ILogger logger, string resource, string type);
    }
}
