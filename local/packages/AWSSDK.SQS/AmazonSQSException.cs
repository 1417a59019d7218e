using System.Net;
using Amazon.Runtime;

namespace Amazon.SQS;

/// <summary>What the service, or a check of its answer, reports. <c>ErrorCode</c> is the code that the query protocol uses.</summary>
public class AmazonSQSException : AmazonServiceException
{
    public AmazonSQSException(string? message) : base(message) { }

    public AmazonSQSException(Exception? innerException) : base(innerException) { }

    public AmazonSQSException(string? message, Exception? innerException) : base(message, innerException) { }

    public AmazonSQSException(string? message, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode) { }

    public AmazonSQSException(
        string? message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
}
