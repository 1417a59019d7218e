using System.Text.Json.Nodes;

namespace Sqs.Engine;

/// <summary>AddPermission and RemovePermission: statements of the queue's policy. Nothing here enforces policies.</summary>
internal static class Permissions
{
    private const int MaximumActions = 7;

    private static readonly string[] Grantable =
    [
        "*", "SendMessage", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility", "GetQueueAttributes", "GetQueueUrl",
        "ListDeadLetterSourceQueues", "PurgeQueue",
    ];

    private static readonly string[] OwnerOnly =
    [
        "AddPermission", "CreateQueue", "DeleteQueue", "ListQueues", "SetQueueAttributes", "RemovePermission", "TagQueue", "UntagQueue",
        "ListQueueTags", "StartMessageMoveTask", "CancelMessageMoveTask", "ListMessageMoveTasks",
    ];

    /// <summary>The policy with one more statement.</summary>
    /// <exception cref="SqsException">The label exists, or an account or action is none.</exception>
    public static string Add(SqsQueue queue, string label, IReadOnlyList<string> accounts, IReadOnlyList<string> actions)
    {
        Check(accounts, actions);
        var policy = Read(queue) ?? new JsonObject
        {
            ["Version"] = "2008-10-17",
            ["Id"] = queue.Arn + "/SQSDefaultPolicy",
            ["Statement"] = new JsonArray(),
        };
        if (Find(policy, label) is not null) throw SqsException.Invalid(label, "Label", "Already exists.");
        Statements(policy).Add(new JsonObject
        {
            ["Sid"] = label,
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = OneOrMany(accounts.Select(account => $"arn:aws:iam::{account}:root")) },
            ["Action"] = OneOrMany(actions.Select(action => "SQS:" + action)),
            ["Resource"] = queue.Arn,
        });
        return policy.ToJsonString();
    }

    /// <summary>The policy without a statement; empty when that was the last.</summary>
    /// <exception cref="SqsException">There is no such label.</exception>
    public static string Remove(SqsQueue queue, string label)
    {
        if (Read(queue) is not { } policy || Find(policy, label) is not { } statement)
            throw SqsException.Invalid(label, "Label", "can't find label.");
        Statements(policy).Remove(statement);
        return Statements(policy).Count == 0 ? "" : policy.ToJsonString();
    }

    private static void Check(IReadOnlyList<string> accounts, IReadOnlyList<string> actions)
    {
        if (actions.Count == 0) throw SqsException.Missing("Actions");
        if (accounts.Count == 0) throw SqsException.Invalid("[]", "PrincipalId", "Unable to verify.");
        if (actions.Count > MaximumActions)
            throw SqsError.OverLimit.With($"{actions.Count} Actions were found, maximum allowed is {MaximumActions}.");
        foreach (var action in actions)
        {
            if (OwnerOnly.Contains(action, StringComparer.Ordinal))
                throw SqsException.Invalid("SQS:" + action, "ActionName", "Only the queue owner is allowed to invoke this action.");
            if (!Grantable.Contains(action, StringComparer.Ordinal))
                throw SqsException.Invalid("SQS:" + action, "ActionName", "Please refer to the appropriate WSDL for a list of valid actions. ");
        }
    }

    private static JsonObject? Read(SqsQueue queue) => PolicyJson.Parse(queue.Settings.Given.GetValueOrDefault("Policy", ""));

    private static JsonArray Statements(JsonObject policy)
    {
        if (policy["Statement"] is not JsonArray) policy["Statement"] =
            new JsonArray([.. policy["Statement"] is { } single ? [single.DeepClone()] : Array.Empty<JsonNode>()]);
        return policy["Statement"]!.AsArray();
    }

    private static JsonNode? Find(JsonObject policy, string label)
        => Statements(policy).FirstOrDefault(statement => (string?)statement?["Sid"] == label);

    private static JsonNode OneOrMany(IEnumerable<string> values)
    {
        JsonNode[] nodes = [.. values.Select(value => JsonValue.Create(value))];
        return nodes is [var single] ? single : new JsonArray(nodes);
    }
}
