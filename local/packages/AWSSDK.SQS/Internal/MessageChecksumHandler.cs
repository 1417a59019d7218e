using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>Compares what the service says it holds, or sends, with what was sent, or has come.</summary>
internal sealed class MessageChecksumHandler : PipelineHandler
{
    public override void InvokeSync(IExecutionContext executionContext)
    {
        base.InvokeSync(executionContext);
        Check(executionContext);
    }

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var response = await base.InvokeAsync<T>(executionContext);
        Check(executionContext);
        return response;
    }

    private static void Check(IExecutionContext context)
    {
        var request = context.RequestContext.OriginalRequest;
        switch (context.ResponseContext.Response)
        {
            case ReceiveMessageResponse { Messages: { } messages }:
                foreach (var message in messages)
                    CheckReceived(message);
                break;
            case SendMessageResponse sent when request is SendMessageRequest original:
                CheckSent(original, sent);
                break;
            case SendMessageBatchResponse { Successful: { } results } when request is SendMessageBatchRequest { Entries: { } entries }:
                foreach (var result in results)
                    CheckSent(entries, result);
                break;
        }
    }

    private static void CheckReceived(Message message)
    {
        Require(MessageChecksum.Body(message.Body ?? ""), message.MD5OfBody, "body", message.MessageId);
        CheckAttributes(message.MessageAttributes, message.MD5OfMessageAttributes, message.MessageId);
    }

    private static void CheckSent(SendMessageRequest request, SendMessageResponse response)
    {
        if (!string.IsNullOrEmpty(request.MessageBody) && !string.IsNullOrEmpty(response.MD5OfMessageBody))
            Require(MessageChecksum.Body(request.MessageBody), response.MD5OfMessageBody, "body", response.MessageId);
        CheckAttributes(request.MessageAttributes, response.MD5OfMessageAttributes, response.MessageId);
    }

    private static void CheckSent(List<SendMessageBatchRequestEntry> entries, SendMessageBatchResultEntry result)
    {
        var entry = entries.Find(candidate => candidate.Id == result.Id)
            ?? throw new AmazonSQSException($"The answer names the batch entry '{result.Id}', which the request does not have.");
        Require(MessageChecksum.Body(entry.MessageBody ?? ""), result.MD5OfMessageBody, "body", result.MessageId);
        CheckAttributes(entry.MessageAttributes, result.MD5OfMessageAttributes, result.MessageId);
    }

    private static void CheckAttributes(Dictionary<string, MessageAttributeValue>? attributes, string? md5, string? messageId)
    {
        if (attributes is { Count: > 0 } && !string.IsNullOrEmpty(md5))
            Require(MessageChecksum.Attributes(attributes), md5, "attributes", messageId);
    }

    private static void Require(string computed, string? stated, string part, string? messageId)
    {
        if (!string.Equals(computed, stated, StringComparison.OrdinalIgnoreCase))
            throw new AmazonSQSException(
                $"MD5 hash mismatch for the {part} of message id {messageId}: computed {computed}, the service states {stated ?? "none"}.");
    }
}
