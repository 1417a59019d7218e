namespace Sqs;

/// <summary>An error of SQS, as both protocols need it.</summary>
/// <param name="Shape">Name in the JSON protocol, without its namespace.</param>
/// <param name="QueryCode">Code in the Query protocol, and in the header <c>x-amzn-query-error</c>.</param>
/// <param name="Status">HTTP status, the same in both protocols.</param>
public sealed record SqsError(string Shape, string QueryCode, int Status = 400)
{
    public static SqsError QueueDoesNotExist { get; } = new("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue");
    public static SqsError QueueNameExists { get; } = new("QueueNameExists", "QueueAlreadyExists");
    public static SqsError OverLimit { get; } = new("OverLimit", "OverLimit", 403);
    public static SqsError ReceiptHandleIsInvalid { get; } = new("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404);
    public static SqsError MessageNotInflight { get; } = new("MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight");
    public static SqsError EmptyBatchRequest { get; } = new("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest");
    public static SqsError TooManyEntries { get; } = new("TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest");
    public static SqsError IdsNotDistinct { get; } = new("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct");
    public static SqsError BatchTooLong { get; } = new("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong");
    public static SqsError InvalidBatchEntryId { get; } = new("InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId");
    public static SqsError UnsupportedOperation { get; } = new("UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation");
    public static SqsError ResourceNotFound { get; } = new("ResourceNotFoundException", "ResourceNotFoundException", 404);
    public static SqsError InvalidAttributeName { get; } = new("InvalidAttributeName", "InvalidAttributeName");
    public static SqsError InvalidAttributeValue { get; } = new("InvalidAttributeValue", "InvalidAttributeValue");
    public static SqsError InvalidMessageContents { get; } = new("InvalidMessageContents", "InvalidMessageContents");
    public static SqsError InvalidParameterValue { get; } = new("InvalidParameterValueException", "InvalidParameterValue");
    public static SqsError MissingParameter { get; } = new("MissingRequiredParameterException", "MissingParameter");
    public static SqsError UnknownOperation { get; } = new("UnknownOperationException", "InvalidAction", 404);
    public static SqsError InvalidAction { get; } = new("InvalidAction", "InvalidAction");
    public static SqsError Serialization { get; } = new("SerializationException", "MalformedInput");
    public static SqsError TooLarge { get; } = new("RequestEntityTooLargeException", "RequestEntityTooLarge", 413);
    public static SqsError ServiceUnavailable { get; } = new("ServiceUnavailable", "ServiceUnavailable", 503);
    public static SqsError Internal { get; } = new("InternalFailure", "InternalFailure", 500);

    /// <summary>Whether the sender is at fault.</summary>
    public bool IsSender => Status < 500;

    public SqsException With(string message) => new(this, message);
}

/// <summary>A request that SQS refuses. Its message is SQS's wording, because clients and their tests read it.</summary>
public sealed class SqsException(SqsError error, string message) : Exception(message)
{
    public SqsError Error { get; } = error;

    public static SqsException NoSuchQueue() => new(SqsError.QueueDoesNotExist, "The specified queue does not exist.");

    public static SqsException NotAnAction(string action, SqsError? error = null)
        => new(error ?? SqsError.InvalidAction, $"The action {action} is not valid for this endpoint.");

    public static SqsException Missing(string parameter)
        => new(SqsError.MissingParameter, $"The request must contain the parameter {parameter}.");

    public static SqsException Invalid(object? value, string parameter, string reason)
        => new(SqsError.InvalidParameterValue, $"Value {value} for parameter {parameter} is invalid. Reason: {reason}");
}
