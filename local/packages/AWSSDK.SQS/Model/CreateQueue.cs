using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>Makes a queue, or finds the one that is there with the same settings.</summary>
public class CreateQueueRequest : AmazonSQSRequest
{
    public CreateQueueRequest() { }

    public CreateQueueRequest(string queueName)
    {
        QueueName = queueName;
    }

    /// <summary>1 to 80 of A-Z a-z 0-9 - _; ends in <c>.fifo</c> for a FIFO queue. Required.</summary>
    public string? QueueName { get; set; }

    /// <summary>By <see cref="QueueAttributeName"/>.</summary>
    public Dictionary<string, string>? Attributes { get; set; } = Collections.Initial<Dictionary<string, string>>();

    /// <summary>At most fifty.</summary>
    public Dictionary<string, string>? Tags { get; set; } = Collections.Initial<Dictionary<string, string>>();

    internal override string Operation => "CreateQueue";

    internal override void WriteMembers(Utf8JsonWriter json)
    {
        json.Member("QueueName"u8, QueueName);
        json.Member("Attributes"u8, Attributes);
        json.Member("tags"u8, Tags);
    }
}

/// <summary>The queue is there.</summary>
public class CreateQueueResponse : AmazonWebServiceResponse, IJsonReadable
{
    public string QueueUrl { get; set; } = null!;

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("QueueUrl"))
            QueueUrl = JsonInput.String(ref json)!;
        else
            JsonInput.Skip(ref json);
    }
}
