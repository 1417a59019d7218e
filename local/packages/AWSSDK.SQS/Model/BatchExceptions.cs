using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>A batch needs at least one entry.</summary>
public class EmptyBatchRequestException : AmazonSQSException
{
    public EmptyBatchRequestException(string? message) : base(message) { }

    public EmptyBatchRequestException(Exception? innerException) : base(innerException) { }

    public EmptyBatchRequestException(string? message, Exception? innerException) : base(message, innerException) { }

    public EmptyBatchRequestException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public EmptyBatchRequestException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>A batch has at most ten entries.</summary>
public class TooManyEntriesInBatchRequestException : AmazonSQSException
{
    public TooManyEntriesInBatchRequestException(string? message) : base(message) { }

    public TooManyEntriesInBatchRequestException(Exception? innerException) : base(innerException) { }

    public TooManyEntriesInBatchRequestException(string? message, Exception? innerException) : base(message, innerException) { }

    public TooManyEntriesInBatchRequestException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public TooManyEntriesInBatchRequestException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>Two entries of a batch have the same id.</summary>
public class BatchEntryIdsNotDistinctException : AmazonSQSException
{
    public BatchEntryIdsNotDistinctException(string? message) : base(message) { }

    public BatchEntryIdsNotDistinctException(Exception? innerException) : base(innerException) { }

    public BatchEntryIdsNotDistinctException(string? message, Exception? innerException) : base(message, innerException) { }

    public BatchEntryIdsNotDistinctException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public BatchEntryIdsNotDistinctException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>An entry id has a character that is not allowed, or is too long.</summary>
public class InvalidBatchEntryIdException : AmazonSQSException
{
    public InvalidBatchEntryIdException(string? message) : base(message) { }

    public InvalidBatchEntryIdException(Exception? innerException) : base(innerException) { }

    public InvalidBatchEntryIdException(string? message, Exception? innerException) : base(message, innerException) { }

    public InvalidBatchEntryIdException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public InvalidBatchEntryIdException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The entries of a batch are together larger than 1 MiB.</summary>
public class BatchRequestTooLongException : AmazonSQSException
{
    public BatchRequestTooLongException(string? message) : base(message) { }

    public BatchRequestTooLongException(Exception? innerException) : base(innerException) { }

    public BatchRequestTooLongException(string? message, Exception? innerException) : base(message, innerException) { }

    public BatchRequestTooLongException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public BatchRequestTooLongException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
