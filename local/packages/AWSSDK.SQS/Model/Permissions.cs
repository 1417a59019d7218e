using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Lets accounts call actions of a queue.</summary>
public class AddPermissionRequest : AmazonSQSRequest
{
    public AddPermissionRequest() { }

    public AddPermissionRequest(string queueUrl, string label, List<string> aWSAccountIds, List<string> actions)
    {
        QueueUrl = queueUrl;
        Label = label;
        AWSAccountIds = aWSAccountIds;
        Actions = actions;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>Names the permission. Required.</summary>
    public string? Label { get; set; }

    /// <summary>Required.</summary>
    public List<string>? AWSAccountIds { get; set; } = Collections.Initial<List<string>>();

    /// <summary>Names of actions, at most seven, or <c>*</c>. Required.</summary>
    public List<string>? Actions { get; set; } = Collections.Initial<List<string>>();

    internal override string Operation => "AddPermission";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("Label"u8, Label);
        json.Member("AWSAccountIds"u8, AWSAccountIds);
        json.Member("Actions"u8, Actions);
    }
}

/// <summary>The permission is given.</summary>
public class AddPermissionResponse : AmazonWebServiceResponse;

/// <summary>Takes a permission back.</summary>
public class RemovePermissionRequest : AmazonSQSRequest
{
    public RemovePermissionRequest() { }

    public RemovePermissionRequest(string queueUrl, string label)
    {
        QueueUrl = queueUrl;
        Label = label;
    }

    /// <summary>URL of the queue. Case-sensitive. Required.</summary>
    public string? QueueUrl { get; set; }

    /// <summary>Names the permission. Required.</summary>
    public string? Label { get; set; }

    internal override string Operation => "RemovePermission";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueUrl"u8, QueueUrl);
        json.Member("Label"u8, Label);
    }
}

/// <summary>The permission is taken back.</summary>
public class RemovePermissionResponse : AmazonWebServiceResponse;
