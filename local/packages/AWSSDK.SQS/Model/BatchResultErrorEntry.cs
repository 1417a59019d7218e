using Amazon.Runtime.Internal.Util;
using Amazon.SQS.Internal;

namespace Amazon.SQS.Model;

/// <summary>An entry of a batch that failed; the others are not affected.</summary>
public class BatchResultErrorEntry : IJsonReadable
{
    /// <summary>The request entry's.</summary>
    public string Id { get; set; } = null!;

    public string Code { get; set; } = null!;

    public string? Message { get; set; }

    /// <summary>True where sending the same again cannot succeed.</summary>
    public bool? SenderFault { get; set; }

    void IJsonReadable.ReadMember(ref StreamingUtf8JsonReader json)
    {
        if (json.ValueTextEquals("Id"))
            Id = JsonInput.String(ref json)!;
        else if (json.ValueTextEquals("Code"))
            Code = JsonInput.String(ref json)!;
        else if (json.ValueTextEquals("Message"))
            Message = JsonInput.String(ref json);
        else if (json.ValueTextEquals("SenderFault"))
            SenderFault = JsonInput.Boolean(ref json);
        else
            JsonInput.Skip(ref json);
    }
}
