using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>There is no queue of this URL or name.</summary>
public class QueueDoesNotExistException : AmazonSQSException
{
    public QueueDoesNotExistException(string? message) : base(message) { }

    public QueueDoesNotExistException(Exception? innerException) : base(innerException) { }

    public QueueDoesNotExistException(string? message, Exception? innerException) : base(message, innerException) { }

    public QueueDoesNotExistException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public QueueDoesNotExistException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>A queue of this name exists with other settings.</summary>
public class QueueNameExistsException : AmazonSQSException
{
    public QueueNameExistsException(string? message) : base(message) { }

    public QueueNameExistsException(Exception? innerException) : base(innerException) { }

    public QueueNameExistsException(string? message, Exception? innerException) : base(message, innerException) { }

    public QueueNameExistsException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public QueueNameExistsException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>A queue of this name was deleted less than 60 seconds ago.</summary>
public class QueueDeletedRecentlyException : AmazonSQSException
{
    public QueueDeletedRecentlyException(string? message) : base(message) { }

    public QueueDeletedRecentlyException(Exception? innerException) : base(innerException) { }

    public QueueDeletedRecentlyException(string? message, Exception? innerException) : base(message, innerException) { }

    public QueueDeletedRecentlyException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public QueueDeletedRecentlyException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The queue was purged less than 60 seconds ago.</summary>
public class PurgeQueueInProgressException : AmazonSQSException
{
    public PurgeQueueInProgressException(string? message) : base(message) { }

    public PurgeQueueInProgressException(Exception? innerException) : base(innerException) { }

    public PurgeQueueInProgressException(string? message, Exception? innerException) : base(message, innerException) { }

    public PurgeQueueInProgressException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public PurgeQueueInProgressException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The queue has no such attribute.</summary>
public class InvalidAttributeNameException : AmazonSQSException
{
    public InvalidAttributeNameException(string? message) : base(message) { }

    public InvalidAttributeNameException(Exception? innerException) : base(innerException) { }

    public InvalidAttributeNameException(string? message, Exception? innerException) : base(message, innerException) { }

    public InvalidAttributeNameException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public InvalidAttributeNameException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The attribute does not take this value.</summary>
public class InvalidAttributeValueException : AmazonSQSException
{
    public InvalidAttributeValueException(string? message) : base(message) { }

    public InvalidAttributeValueException(Exception? innerException) : base(innerException) { }

    public InvalidAttributeValueException(string? message, Exception? innerException) : base(message, innerException) { }

    public InvalidAttributeValueException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public InvalidAttributeValueException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The URL is not a queue of this service.</summary>
public class InvalidAddressException : AmazonSQSException
{
    public InvalidAddressException(string? message) : base(message) { }

    public InvalidAddressException(Exception? innerException) : base(innerException) { }

    public InvalidAddressException(string? message, Exception? innerException) : base(message, innerException) { }

    public InvalidAddressException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public InvalidAddressException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>There is no such task, or its queue is gone.</summary>
public class ResourceNotFoundException : AmazonSQSException
{
    public ResourceNotFoundException(string? message) : base(message) { }

    public ResourceNotFoundException(Exception? innerException) : base(innerException) { }

    public ResourceNotFoundException(string? message, Exception? innerException) : base(message, innerException) { }

    public ResourceNotFoundException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public ResourceNotFoundException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The queue or the state does not allow the operation.</summary>
public class UnsupportedOperationException : AmazonSQSException
{
    public UnsupportedOperationException(string? message) : base(message) { }

    public UnsupportedOperationException(Exception? innerException) : base(innerException) { }

    public UnsupportedOperationException(string? message, Exception? innerException) : base(message, innerException) { }

    public UnsupportedOperationException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public UnsupportedOperationException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
