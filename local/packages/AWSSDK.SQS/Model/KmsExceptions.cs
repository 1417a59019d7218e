using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>The caller may not use the key.</summary>
public class KmsAccessDeniedException : AmazonSQSException
{
    public KmsAccessDeniedException(string? message) : base(message) { }

    public KmsAccessDeniedException(Exception? innerException) : base(innerException) { }

    public KmsAccessDeniedException(string? message, Exception? innerException) : base(message, innerException) { }

    public KmsAccessDeniedException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public KmsAccessDeniedException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The key is disabled.</summary>
public class KmsDisabledException : AmazonSQSException
{
    public KmsDisabledException(string? message) : base(message) { }

    public KmsDisabledException(Exception? innerException) : base(innerException) { }

    public KmsDisabledException(string? message, Exception? innerException) : base(message, innerException) { }

    public KmsDisabledException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public KmsDisabledException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The key is not made for encryption.</summary>
public class KmsInvalidKeyUsageException : AmazonSQSException
{
    public KmsInvalidKeyUsageException(string? message) : base(message) { }

    public KmsInvalidKeyUsageException(Exception? innerException) : base(innerException) { }

    public KmsInvalidKeyUsageException(string? message, Exception? innerException) : base(message, innerException) { }

    public KmsInvalidKeyUsageException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public KmsInvalidKeyUsageException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The key is in a state that does not allow the request.</summary>
public class KmsInvalidStateException : AmazonSQSException
{
    public KmsInvalidStateException(string? message) : base(message) { }

    public KmsInvalidStateException(Exception? innerException) : base(innerException) { }

    public KmsInvalidStateException(string? message, Exception? innerException) : base(message, innerException) { }

    public KmsInvalidStateException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public KmsInvalidStateException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>There is no such key.</summary>
public class KmsNotFoundException : AmazonSQSException
{
    public KmsNotFoundException(string? message) : base(message) { }

    public KmsNotFoundException(Exception? innerException) : base(innerException) { }

    public KmsNotFoundException(string? message, Exception? innerException) : base(message, innerException) { }

    public KmsNotFoundException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public KmsNotFoundException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>The account is not subscribed to the key service.</summary>
public class KmsOptInRequiredException : AmazonSQSException
{
    public KmsOptInRequiredException(string? message) : base(message) { }

    public KmsOptInRequiredException(Exception? innerException) : base(innerException) { }

    public KmsOptInRequiredException(string? message, Exception? innerException) : base(message, innerException) { }

    public KmsOptInRequiredException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public KmsOptInRequiredException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}

/// <summary>Too many requests to the key service.</summary>
public class KmsThrottledException : AmazonSQSException
{
    public KmsThrottledException(string? message) : base(message) { }

    public KmsThrottledException(Exception? innerException) : base(innerException) { }

    public KmsThrottledException(string? message, Exception? innerException) : base(message, innerException) { }

    public KmsThrottledException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public KmsThrottledException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
