using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The body has a character that XML 1.0 does not allow.</summary>
public class InvalidMessageContentsException : AmazonSQSException
{
    public InvalidMessageContentsException(string? message) : base(message) { }

    public InvalidMessageContentsException(Exception? innerException) : base(innerException) { }

    public InvalidMessageContentsException(string? message, Exception? innerException) : base(message, innerException) { }

    public InvalidMessageContentsException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public InvalidMessageContentsException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The receipt handle is none of this queue.</summary>
public class ReceiptHandleIsInvalidException : AmazonSQSException
{
    public ReceiptHandleIsInvalidException(string? message) : base(message) { }

    public ReceiptHandleIsInvalidException(Exception? innerException) : base(innerException) { }

    public ReceiptHandleIsInvalidException(string? message, Exception? innerException) : base(message, innerException) { }

    public ReceiptHandleIsInvalidException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public ReceiptHandleIsInvalidException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The receipt handle has not the format of one.</summary>
public class InvalidIdFormatException : AmazonSQSException
{
    public InvalidIdFormatException(string? message) : base(message) { }

    public InvalidIdFormatException(Exception? innerException) : base(innerException) { }

    public InvalidIdFormatException(string? message, Exception? innerException) : base(message, innerException) { }

    public InvalidIdFormatException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public InvalidIdFormatException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The message is visible, or deleted.</summary>
public class MessageNotInflightException : AmazonSQSException
{
    public MessageNotInflightException(string? message) : base(message) { }

    public MessageNotInflightException(Exception? innerException) : base(innerException) { }

    public MessageNotInflightException(string? message, Exception? innerException) : base(message, innerException) { }

    public MessageNotInflightException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public MessageNotInflightException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>Too many messages are in flight, or too many permissions given.</summary>
public class OverLimitException : AmazonSQSException
{
    public OverLimitException(string? message) : base(message) { }

    public OverLimitException(Exception? innerException) : base(innerException) { }

    public OverLimitException(string? message, Exception? innerException) : base(message, innerException) { }

    public OverLimitException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public OverLimitException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>Too many requests; retried by the client.</summary>
public class RequestThrottledException : AmazonSQSException
{
    public RequestThrottledException(string? message) : base(message) { }

    public RequestThrottledException(Exception? innerException) : base(innerException) { }

    public RequestThrottledException(string? message, Exception? innerException) : base(message, innerException) { }

    public RequestThrottledException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public RequestThrottledException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The request was not sent over HTTPS, or not signed as it must be.</summary>
public class InvalidSecurityException : AmazonSQSException
{
    public InvalidSecurityException(string? message) : base(message) { }

    public InvalidSecurityException(Exception? innerException) : base(innerException) { }

    public InvalidSecurityException(string? message, Exception? innerException) : base(message, innerException) { }

    public InvalidSecurityException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public InvalidSecurityException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
