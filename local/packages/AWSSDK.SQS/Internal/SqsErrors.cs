using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>Makes the exception of an error.</summary>
internal static class SqsErrors
{
    /// <summary>
    /// The shape in the body decides the type. Code and kind come from <c>x-amzn-query-error: CODE;Sender</c> where it is
    /// sent: callers compare with the codes of the older query protocol.
    /// </summary>
    internal static AmazonSQSException Exception(ErrorResponse error, IWebResponseData? response)
    {
        var shape = error.Code;
        var (code, type) = (shape, error.Type);
        if (response is not null && response.IsHeaderPresent(HeaderName)
            && response.GetHeaderValue(HeaderName)?.Split(';') is [var queryCode, var queryType])
        {
            code = queryCode;
            if (Enum.TryParse<ErrorType>(queryType, out var parsed))
                type = parsed;
        }

        return Create(shape, error, code, type);
    }

    private const string HeaderName = "x-amzn-query-error";

    private static AmazonSQSException Create(string? shape, ErrorResponse error, string? code, ErrorType type)
    {
        var (message, cause, requestId, status) = (error.Message, error.InnerException, error.RequestId, error.StatusCode);
        return shape switch
        {
            "QueueDoesNotExist" => new QueueDoesNotExistException(message, cause, type, code, requestId, status),
            "QueueNameExists" => new QueueNameExistsException(message, cause, type, code, requestId, status),
            "QueueDeletedRecently" => new QueueDeletedRecentlyException(message, cause, type, code, requestId, status),
            "PurgeQueueInProgress" => new PurgeQueueInProgressException(message, cause, type, code, requestId, status),
            "InvalidAttributeName" => new InvalidAttributeNameException(message, cause, type, code, requestId, status),
            "InvalidAttributeValue" => new InvalidAttributeValueException(message, cause, type, code, requestId, status),
            "InvalidAddress" => new InvalidAddressException(message, cause, type, code, requestId, status),
            "ResourceNotFoundException" => new ResourceNotFoundException(message, cause, type, code, requestId, status),
            "UnsupportedOperation" => new UnsupportedOperationException(message, cause, type, code, requestId, status),
            "InvalidMessageContents" => new InvalidMessageContentsException(message, cause, type, code, requestId, status),
            "ReceiptHandleIsInvalid" => new ReceiptHandleIsInvalidException(message, cause, type, code, requestId, status),
            "InvalidIdFormat" => new InvalidIdFormatException(message, cause, type, code, requestId, status),
            "MessageNotInflight" => new MessageNotInflightException(message, cause, type, code, requestId, status),
            "OverLimit" => new OverLimitException(message, cause, type, code, requestId, status),
            "RequestThrottled" => new RequestThrottledException(message, cause, type, code, requestId, status),
            "InvalidSecurity" => new InvalidSecurityException(message, cause, type, code, requestId, status),
            "EmptyBatchRequest" => new EmptyBatchRequestException(message, cause, type, code, requestId, status),
            "TooManyEntriesInBatchRequest" => new TooManyEntriesInBatchRequestException(message, cause, type, code, requestId, status),
            "BatchEntryIdsNotDistinct" => new BatchEntryIdsNotDistinctException(message, cause, type, code, requestId, status),
            "InvalidBatchEntryId" => new InvalidBatchEntryIdException(message, cause, type, code, requestId, status),
            "BatchRequestTooLong" => new BatchRequestTooLongException(message, cause, type, code, requestId, status),
            "KmsAccessDenied" => new KmsAccessDeniedException(message, cause, type, code, requestId, status),
            "KmsDisabled" => new KmsDisabledException(message, cause, type, code, requestId, status),
            "KmsInvalidKeyUsage" => new KmsInvalidKeyUsageException(message, cause, type, code, requestId, status),
            "KmsInvalidState" => new KmsInvalidStateException(message, cause, type, code, requestId, status),
            "KmsNotFound" => new KmsNotFoundException(message, cause, type, code, requestId, status),
            "KmsOptInRequired" => new KmsOptInRequiredException(message, cause, type, code, requestId, status),
            "KmsThrottled" => new KmsThrottledException(message, cause, type, code, requestId, status),
            _ => new AmazonSQSException(message, cause, type, code, requestId, status),
        };
    }
}
