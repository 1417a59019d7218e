using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Starts to send the messages of a dead-letter queue back.</summary>
public class StartMessageMoveTaskRequest : AmazonSQSRequest
{
    /// <summary>ARN of the dead-letter queue. Required.</summary>
    public string? SourceArn { get; set; }

    /// <summary>Unset: where each message came from.</summary>
    public string? DestinationArn { get; set; }

    /// <summary>1 to 500. Unset: as the service sees fit.</summary>
    public int? MaxNumberOfMessagesPerSecond { get; set; }

    internal override string Operation => "StartMessageMoveTask";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("SourceArn"u8, SourceArn);
        json.Member("DestinationArn"u8, DestinationArn);
        json.Member("MaxNumberOfMessagesPerSecond"u8, MaxNumberOfMessagesPerSecond);
    }
}

/// <summary>The task runs.</summary>
public class StartMessageMoveTaskResponse : AmazonWebServiceResponse, IJsonReadable
{
    public string TaskHandle { get; set; } = null!;

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("TaskHandle"))
            TaskHandle = JsonInput.String(ref json)!;
        else
            JsonInput.Skip(ref json);
    }
}

/// <summary>Lists the latest tasks of a dead-letter queue.</summary>
public class ListMessageMoveTasksRequest : AmazonSQSRequest
{
    /// <summary>ARN of the dead-letter queue. Required.</summary>
    public string? SourceArn { get; set; }

    /// <summary>1 to 10. Unset: 1.</summary>
    public int? MaxResults { get; set; }

    internal override string Operation => "ListMessageMoveTasks";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("SourceArn"u8, SourceArn);
        json.Member("MaxResults"u8, MaxResults);
    }
}

/// <summary>The latest first.</summary>
public class ListMessageMoveTasksResponse : AmazonWebServiceResponse, IJsonReadable
{
    /// <summary>Null where there is none.</summary>
    public List<ListMessageMoveTasksResultEntry>? Results { get; set; } = Collections.Initial<List<ListMessageMoveTasksResultEntry>>();

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Results"))
            Results = JsonInput.List<ListMessageMoveTasksResultEntry>(ref json);
        else
            JsonInput.Skip(ref json);
    }
}

/// <summary>State of one task.</summary>
public class ListMessageMoveTasksResultEntry : IJsonReadable
{
    /// <summary>Only while the task runs.</summary>
    public string? TaskHandle { get; set; }

    /// <summary>RUNNING, COMPLETED, CANCELLING, CANCELLED or FAILED.</summary>
    public string? Status { get; set; }

    public string? SourceArn { get; set; }

    public string? DestinationArn { get; set; }

    public int? MaxNumberOfMessagesPerSecond { get; set; }

    public long? ApproximateNumberOfMessagesMoved { get; set; }

    public long? ApproximateNumberOfMessagesToMove { get; set; }

    public string? FailureReason { get; set; }

    /// <summary>Epoch milliseconds.</summary>
    public long? StartedTimestamp { get; set; }

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("TaskHandle"))
            TaskHandle = JsonInput.String(ref json);
        else if (json.ValueTextEquals("Status"))
            Status = JsonInput.String(ref json);
        else if (json.ValueTextEquals("SourceArn"))
            SourceArn = JsonInput.String(ref json);
        else if (json.ValueTextEquals("DestinationArn"))
            DestinationArn = JsonInput.String(ref json);
        else if (json.ValueTextEquals("MaxNumberOfMessagesPerSecond"))
            MaxNumberOfMessagesPerSecond = JsonInput.Int32(ref json);
        else if (json.ValueTextEquals("ApproximateNumberOfMessagesMoved"))
            ApproximateNumberOfMessagesMoved = JsonInput.Int64(ref json);
        else if (json.ValueTextEquals("ApproximateNumberOfMessagesToMove"))
            ApproximateNumberOfMessagesToMove = JsonInput.Int64(ref json);
        else if (json.ValueTextEquals("FailureReason"))
            FailureReason = JsonInput.String(ref json);
        else if (json.ValueTextEquals("StartedTimestamp"))
            StartedTimestamp = JsonInput.Int64(ref json);
        else
            JsonInput.Skip(ref json);
    }
}

/// <summary>Stops a task; what is moved stays moved.</summary>
public class CancelMessageMoveTaskRequest : AmazonSQSRequest
{
    /// <summary>Required.</summary>
    public string? TaskHandle { get; set; }

    internal override string Operation => "CancelMessageMoveTask";

    internal override void WriteMembers(Utf8JsonWriter json) =>
        json.Member("TaskHandle"u8, TaskHandle);
}

/// <summary>The task stops.</summary>
public class CancelMessageMoveTaskResponse : AmazonWebServiceResponse, IJsonReadable
{
    public long? ApproximateNumberOfMessagesMoved { get; set; }

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("ApproximateNumberOfMessagesMoved"))
            ApproximateNumberOfMessagesMoved = JsonInput.Int64(ref json);
        else
            JsonInput.Skip(ref json);
    }
}
